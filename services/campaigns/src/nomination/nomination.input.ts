import { ArrayMaxSize, IsOptional, Length } from 'class-validator';
import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { NominationState } from './nomination.ts';
import { NominationAction } from './nomination-states.ts';

@InputType()
class NominationDetails {
  @Field(() => ID, { nullable: true, description: 'The branch that nominates, when one does (推荐支部标识).' })
  nominatedById?: string | null;

  @Field(() => String, { nullable: true, description: 'Why the nominee deserves it, up to 5,000 characters (推荐理由).' })
  @IsOptional()
  @Length(1, 5000)
  statement?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Evidence: up to 20 texts or URLs of up to 2,000 characters (佐证材料).',
  })
  @IsOptional()
  @ArrayMaxSize(20)
  @Length(1, 2000, { each: true })
  evidence?: string[];
}

@InputType({ description: 'A nomination to enter, as a draft (新建推荐).' })
export class CreateNomination extends NominationDetails {
  @Field(() => ID, { description: 'In which campaign; it must be open (活动标识).' })
  campaignId!: string;

  @Field(() => ID, { nullable: true, description: 'The person nominated; this or organisationId (推荐人员标识).' })
  personId?: string;

  @Field(() => ID, { nullable: true, description: 'The organisation nominated; this or personId (推荐企业标识).' })
  organisationId?: string;

  @Field({ description: 'Title or category it competes for, 1 to 100 characters (奖项类别).' })
  @Length(1, 100)
  category!: string;
}

@InputType({ description: 'Changes of a draft; what is left out stays, null empties (修改推荐).' })
export class UpdateNomination extends NominationDetails {
  @Field(() => ID, { description: 'Which nomination (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field({ nullable: true, description: 'Title or category it competes for, 1 to 100 characters (奖项类别).' })
  @IsOptional()
  @Length(1, 100)
  category?: string;
}

@InputType({ description: 'A step of a nomination (推荐处理).' })
export class DecideNomination {
  @Field(() => ID, { description: 'Which nomination (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field(() => NominationAction, { description: 'Which step; see allowedActions (操作).' })
  action!: NominationAction;

  @Field(() => String, { nullable: true, description: 'Why, 2 to 500 characters; kept in the history (原因).' })
  @IsOptional()
  @Length(2, 500)
  reason?: string;
}

@InputType({ description: 'Which nominations; all conditions hold together (筛选条件).' })
export class NominationFilter {
  @Field({ nullable: true, description: 'Nominees in this division or below, 6 digits (属地代码).' })
  division?: string;

  @Field(() => ID, { nullable: true, description: 'In this campaign (活动标识).' })
  campaign?: string;

  @Field(() => ID, { nullable: true, description: 'Standing in this round (轮次标识).' })
  round?: string;

  @Field(() => ID, { nullable: true, description: 'Nominated by this branch (推荐支部标识).' })
  nominatedBy?: string;

  @Field({ nullable: true, description: 'Of exactly this category (奖项类别).' })
  category?: string;

  @Field(() => NominationState, { nullable: true, description: 'In this state (推荐状态).' })
  state?: NominationState;
}

export enum NominationOrder {
  CREATED_DESC = 'CREATED_DESC',
  CATEGORY_ASC = 'CATEGORY_ASC',
}
registerEnumType(NominationOrder, { name: 'NominationOrder', description: 'Order of nominations (排序).' });
