import { Context } from '@hub/kit/context';
import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { Branch } from '../branch/branch.ts';
import { Organisation } from '../organisation/organisation.ts';
import { memberCount } from './member-count.ts';

@Resolver(() => Branch)
export class BranchMemberCount {
  @FieldResolver(() => Int, { nullable: true, description: 'Its living members in your slice, persons (支部党员数，人).' })
  memberCount(@Root() { id }: Branch, @Ctx() context: Context) {
    return memberCount(context, 'branch', id);
  }
}

@Resolver(() => Organisation)
export class OrganisationMemberCount {
  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Its people who are living members of a branch, persons (企业党员数，人).',
  })
  memberCount(@Root() { id }: Organisation, @Ctx() context: Context) {
    return memberCount(context, 'organisation', id);
  }
}
