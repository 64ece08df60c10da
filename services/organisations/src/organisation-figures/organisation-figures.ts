import { AsOf } from '@hub/kit/figures';
import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Figures of a division from the organisations domain (企业类指标).' })
export class OrganisationFigures extends AsOf {
  @Field(() => Int, { description: 'Organisations on file that are not dissolved, count (在册企业数).' })
  organisations!: number;
  @Field(() => Int, { description: 'Key internet enterprises, count (重点互联网企业数).' })
  keyOrganisations!: number;
  @Field(() => Float, { description: 'Employees of those organisations in their latest period, persons (在职员工数，人).' })
  employees!: number;
  @Field(() => Float, { description: 'Output value of those organisations in their latest year, CNY (年产值，元).' })
  outputValue!: number;
  @Field(() => Float, { description: 'Party members the organisations report in their latest period, persons (上报党员数，人).' })
  reportedMembers!: number;
  @Field(() => Int, { description: 'Living branches, count (党支部数).' })
  branches!: number;
  @Field(() => Int, { description: 'Branches established by one organisation, count (单独成立党支部数).' })
  soloBranches!: number;
  @Field(() => Int, { description: 'Branches formed jointly, count (联合组建党支部数).' })
  jointBranches!: number;
  @Field(() => Int, { description: 'Organisations that have a branch, count (有形覆盖企业数).' })
  coveredOrganisations!: number;
}
