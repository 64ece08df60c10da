import { AsOf } from '@hub/kit/figures';
import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Figures of a division from the people domain (人员类指标).' })
export class PeopleFigures extends AsOf {
  @Field(() => Int, { description: 'People on the real-name register, persons (实名登记人数，人).' })
  people!: number;
  @Field(() => Int, { description: 'Of them, verified by real name, persons (已实名认证人数，人).' })
  verifiedPeople!: number;
  @Field(() => Int, { description: 'Living members of branches, persons (党员数，人).' })
  members!: number;
  @Field(() => Int, { description: 'Of the members, full ones, persons (正式党员数，人).' })
  fullMembers!: number;
  @Field(() => Int, { description: 'Of the members, probationary ones, persons (预备党员数，人).' })
  probationaryMembers!: number;
  @Field(() => Int, { description: 'People who are secretary of a branch, persons (支部书记数，人).' })
  secretaries!: number;
  @Field(() => Int, { description: 'Branches that have a secretary, count (有书记的党支部数，个).' })
  branchesWithSecretary!: number;
  @Field(() => Int, { description: 'Branches that have a living member, count (有党员的党支部数，个).' })
  branchesWithMembers!: number;
}
