import { Context } from '@hub/kit/context';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Branch } from '../branch/branch.ts';
import { Committee } from '../committee/committee.ts';
import { Person } from '../person/person.ts';
import { Lead, Post, PostKind } from './post.ts';

@Resolver(() => Branch)
export class BranchSecretary {
  @FieldResolver(() => Person, { nullable: true, description: 'Its secretary (支部书记).' })
  async secretary(@Root() { id }: Branch, @Ctx() context: Context) {
    const personId = await context
      .batched<string | null>('secretary', async ids => {
        const where = { branch: { $in: [...ids] }, kind: PostKind.SECRETARY, endedOn: null };
        const posts = await context.read.find(Post, { where });
        return ids.map(each => posts.find(({ branch }) => branch?.id === each)?.person.id ?? null);
      })
      .load(id);
    return context.load(Person, personId);
  }
}

const ranks = Object.values(Lead);

@Resolver(() => Committee)
export class CommitteeLeads {
  @FieldResolver(() => [Post], {
    nullable: true,
    description: 'Its leads in office: principal, dedicated, working (主抓、专抓、实抓).',
  })
  leads(@Root() { id }: Committee, @Ctx() context: Context) {
    return context
      .batched<Post[]>('leads', async ids => {
        const where = { committee: { $in: [...ids] }, lead: { $ne: null }, endedOn: null };
        const posts = await context.read.find(Post, { where, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
        posts.sort((a, b) => ranks.indexOf(a.lead!) - ranks.indexOf(b.lead!));
        return ids.map(each => posts.filter(({ committee }) => committee?.id === each));
      })
      .load(id);
  }
}
