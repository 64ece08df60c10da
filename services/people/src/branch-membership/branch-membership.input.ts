import { PageArgs } from '@hub/kit/page';
import { IsOptional, Length, ValidateNested } from 'class-validator';
import { GraphQLLocalDate } from 'graphql-scalars';
import { ArgsType, Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { MembershipStatus } from './branch-membership.ts';

@InputType({ description: 'A membership to enter (登记支部党员).' })
export class CreateMembership {
  @Field(() => ID, { description: 'Who (人员标识).' })
  personId!: string;

  @Field(() => ID, { description: 'Of which branch (党支部标识).' })
  branchId!: string;

  @Field(() => MembershipStatus, { description: 'Probationary or full (党员类别).' })
  status!: MembershipStatus;

  @Field(() => GraphQLLocalDate, { description: 'Joined on, YYYY-MM-DD (入党日期).' })
  joinedOn!: string;
}

@InputType({ description: 'Changes of a living membership; what is left out stays (修改党员关系).' })
export class UpdateMembership {
  @Field(() => ID, { description: 'Which membership (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field(() => MembershipStatus, { nullable: true, description: 'FULL once probation ends (党员类别，转正).' })
  status?: MembershipStatus;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Joined on, YYYY-MM-DD (入党或转入日期).' })
  joinedOn?: string;
}

@InputType()
class MembershipEnd {
  @Field(() => ID, { description: 'Which membership (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field({ description: 'Why, 2 to 500 characters (原因).' })
  @Length(2, 500)
  reason!: string;
}

@InputType({ description: 'A transfer to another branch (组织关系转接).' })
export class TransferMember extends MembershipEnd {
  @Field(() => ID, { description: 'The branch they go to (转入党支部标识).' })
  branchId!: string;

  @Field(() => GraphQLLocalDate, { description: 'With effect from, YYYY-MM-DD (转接日期).' })
  transferredOn!: string;
}

@InputType({ description: 'The end of a membership (党员关系终止).' })
export class EndMembership extends MembershipEnd {
  @Field(() => GraphQLLocalDate, { description: 'Left on, YYYY-MM-DD (离开日期).' })
  leftOn!: string;
}

@InputType({ description: 'Which memberships; all conditions hold together (筛选条件).' })
export class MembershipFilter {
  @Field({ nullable: true, description: 'In this division or below, 6 digits (属地代码).' })
  division?: string;

  @Field(() => ID, { nullable: true, description: 'Of this person (人员标识).' })
  personId?: string;

  @Field(() => ID, { nullable: true, description: 'Of this branch (党支部标识).' })
  branchId?: string;

  @Field(() => MembershipStatus, { nullable: true, description: 'Probationary or full (党员类别).' })
  status?: MembershipStatus;

  @Field({ nullable: true, description: 'Living memberships, or those that ended (是否存续).' })
  living?: boolean;
}

export enum MembershipOrder {
  JOINED_DESC = 'JOINED_DESC',
  JOINED_ASC = 'JOINED_ASC',
  CREATED_DESC = 'CREATED_DESC',
}
registerEnumType(MembershipOrder, { name: 'MembershipOrder', description: 'Order of memberships (排序).' });

@ArgsType()
export class MembershipArgs extends PageArgs {
  @Field(() => MembershipFilter, { nullable: true, description: 'Which memberships (筛选条件).' })
  @IsOptional()
  @ValidateNested()
  where?: MembershipFilter | null;

  @Field(() => MembershipOrder, { defaultValue: MembershipOrder.JOINED_DESC, description: 'Order (排序).' })
  orderBy!: MembershipOrder;
}
