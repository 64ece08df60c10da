import { Context } from '@hub/kit/context';
import { InSliceOf } from '@hub/kit/in-slice-of';
import { connectionOf } from '@hub/kit/page';
import { sliced } from '@hub/kit/slice';
import type { Opt, Ref } from '@mikro-orm/core';
import { Check, Entity, Enum, ManyToOne, Property, Unique } from '@mikro-orm/decorators/legacy';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Ctx, createUnionType, Field, ObjectType, registerEnumType } from 'type-graphql';
import { Branch } from '../branch/branch.ts';
import { ofOwnPeople } from '../branch-membership/branch-membership.ts';
import { Committee } from '../committee/committee.ts';
import { Sited } from '../division/sited.ts';
import { Organisation } from '../organisation/organisation.ts';
import { Person } from '../person/person.ts';

export enum PostKind {
  SECRETARY = 'SECRETARY',
  DEPUTY_SECRETARY = 'DEPUTY_SECRETARY',
  MEMBER = 'MEMBER',
  OTHER = 'OTHER',
}
registerEnumType(PostKind, {
  name: 'PostKind',
  description: 'Secretary (书记), deputy secretary (副书记), member of the committee (委员), or another post (其他职务).',
});

export enum Lead {
  PRINCIPAL = 'PRINCIPAL',
  DEDICATED = 'DEDICATED',
  WORKING = 'WORKING',
}
registerEnumType(Lead, {
  name: 'Lead',
  description: 'The three leads of a committee: principal (主抓), dedicated (专抓) and working (实抓).',
});

export const PostHolderOf = createUnionType({
  name: 'PostHolderOf',
  description: 'Where a post is: a committee, a branch or an organisation (任职单位).',
  types: () => [Committee, Branch, Organisation] as const,
});

@Entity({ rowLevelSecurity: 'force', policies: sliced({ organisation: ofOwnPeople }) })
@ObjectType({ description: 'A post a person holds in a committee, a branch or an organisation (任职).' })
@Unique({ name: 'post_branch_secretary', properties: ['branch'], where: "kind = 'SECRETARY' and ended_on is null" })
@Check({ name: 'post_of_one', expression: 'num_nonnulls(committee_id, branch_id, organisation_id) = 1' })
@Check({ name: 'post_lead_of_committee', expression: 'lead is null or committee_id is not null' })
export class Post extends Sited {
  @ManyToOne(() => Person, { ref: true, createForeignKeyConstraint: false, index: true })
  person!: Ref<Person>;

  @InSliceOf(() => Person, 'person_id')
  personKey?: never;

  @ManyToOne(() => Committee, { ref: true, nullable: true, index: true })
  committee?: Ref<Committee> | null;

  @ManyToOne(() => Branch, { ref: true, nullable: true, index: true })
  branch?: Ref<Branch> | null;

  @ManyToOne(() => Organisation, { ref: true, nullable: true, index: true })
  organisation?: Ref<Organisation> | null;

  @Field({ description: 'Title, such as 党支部书记 (职务名称).' })
  @Property({ type: 'text' })
  title!: string;

  @Field(() => PostKind, { description: 'Kind (职务类别).' })
  @Enum({ items: () => PostKind, default: PostKind.OTHER })
  kind: Opt<PostKind> = PostKind.OTHER;

  @Field(() => Lead, { nullable: true, description: 'Which of the three leads of a committee; else null (三抓).' })
  @Enum({ items: () => Lead, nullable: true })
  lead?: Lead | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Held since, YYYY-MM-DD (任职日期).' })
  @Property({ type: 'date', nullable: true })
  startedOn?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Held until, YYYY-MM-DD; null while held (离任日期).' })
  @Property({ type: 'date', nullable: true })
  endedOn?: string | null;

  @Field(() => Person, { name: 'person', description: 'Who holds it (任职人员).' })
  thePerson(@Ctx() context: Context): Promise<Person | null> {
    return context.load(Person, this.person.id);
  }

  @Field(() => PostHolderOf, { nullable: true, description: 'Where (任职单位).' })
  get of(): typeof PostHolderOf | null {
    const { committee, branch, organisation } = this;
    if (committee) return Object.assign(new Committee(), { id: committee.id });
    if (branch) return Object.assign(new Branch(), { id: branch.id });
    return organisation ? Object.assign(new Organisation(), { id: organisation.id }) : null;
  }
}

export const PostConnection = connectionOf(Post);
