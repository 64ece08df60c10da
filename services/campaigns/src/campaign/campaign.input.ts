import { MayCome } from '@hub/kit/dates-that-can-be';
import { IsOptional, Length } from 'class-validator';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { CampaignKind, CampaignState } from './campaign.ts';

@InputType({ description: 'A campaign to enter, as a draft (新建活动).' })
export class CreateCampaign {
  @Field(() => ID, { description: 'The committee that organises it; its division is that of the campaign (主办委员会标识).' })
  organiserId!: string;

  @Field({ description: 'Title, 2 to 200 characters (活动名称).' })
  @Length(2, 200)
  title!: string;

  @Field(() => CampaignKind, { description: 'Kind (活动类型).' })
  kind!: CampaignKind;

  @MayCome()
  @Field(() => GraphQLLocalDate, { description: 'Starts on, YYYY-MM-DD (开始日期).' })
  startsOn!: string;

  @MayCome()
  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Ends on, YYYY-MM-DD (结束日期).' })
  endsOn?: string | null;

  @Field({ defaultValue: false, description: 'The divisions below and their organisations may read it (是否向下发布).' })
  publishedDownward!: boolean;
}

@InputType({ description: 'Changes of a campaign; what is left out stays, null empties (修改活动).' })
export class UpdateCampaign {
  @Field(() => ID, { description: 'Which campaign (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field({ nullable: true, description: 'Title, 2 to 200 characters (活动名称).' })
  @IsOptional()
  @Length(2, 200)
  title?: string;

  @Field(() => CampaignKind, { nullable: true, description: 'Kind (活动类型).' })
  kind?: CampaignKind;

  @MayCome()
  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Starts on, YYYY-MM-DD (开始日期).' })
  startsOn?: string;

  @MayCome()
  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Ends on, YYYY-MM-DD (结束日期).' })
  endsOn?: string | null;

  @Field({ nullable: true, description: 'The divisions below and their organisations may read it (是否向下发布).' })
  publishedDownward?: boolean;
}

@InputType({ description: 'Opening or closing of a campaign or a round (状态变更).' })
export class CampaignStateChange {
  @Field(() => ID, { description: 'Which campaign or round (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'Why, 2 to 500 characters; kept in the history (原因).' })
  @IsOptional()
  @Length(2, 500)
  reason?: string;
}

@InputType({ description: 'Which campaigns; all conditions hold together (筛选条件).' })
export class CampaignFilter {
  @Field({ nullable: true, description: 'In this division or below, 6 digits (属地代码).' })
  division?: string;

  @Field({ nullable: true, description: 'Part of the title, or start of its pinyin (关键词).' })
  @IsOptional()
  @Length(1, 100)
  search?: string;

  @Field(() => CampaignKind, { nullable: true, description: 'Of this kind (活动类型).' })
  kind?: CampaignKind;

  @Field(() => CampaignState, { nullable: true, description: 'In this state (活动状态).' })
  state?: CampaignState;

  @Field({ nullable: true, description: 'Published downward, or not (是否向下发布).' })
  publishedDownward?: boolean;
}

export enum CampaignOrder {
  STARTS_DESC = 'STARTS_DESC',
  TITLE_ASC = 'TITLE_ASC',
  CREATED_DESC = 'CREATED_DESC',
}
registerEnumType(CampaignOrder, { name: 'CampaignOrder', description: 'Order of campaigns; titles in pinyin order (排序).' });
