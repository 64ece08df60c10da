import { IsOptional, Length } from 'class-validator';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';

@InputType({ description: 'An award to confer: on a nomination, or in a campaign on a person or an organisation (授予荣誉).' })
export class ConferAward {
  @Field({ description: 'Title, 1 to 100 characters (荣誉称号).' })
  @Length(1, 100)
  title!: string;

  @Field(() => ID, { nullable: true, description: 'The nomination it crowns; it becomes AWARDED (推荐标识).' })
  nominationId?: string;

  @Field(() => ID, { nullable: true, description: 'In which campaign, without a nomination (活动标识).' })
  campaignId?: string;

  @Field(() => ID, { nullable: true, description: 'The person who receives it, without a nomination (获奖人员标识).' })
  personId?: string;

  @Field(() => ID, { nullable: true, description: 'The organisation that receives it, without a nomination (获奖企业标识).' })
  organisationId?: string;

  @Field(() => GraphQLLocalDate, { description: 'Conferred on, YYYY-MM-DD (授予日期).' })
  conferredOn!: string;

  @Field(() => String, { nullable: true, description: 'Number of the certificate, unique in the campaign (证书编号).' })
  @IsOptional()
  @Length(1, 100)
  certificateNo?: string | null;
}

@InputType({ description: 'Corrections of an award; what is left out stays, null empties (更正荣誉).' })
export class UpdateAward {
  @Field(() => ID, { description: 'Which award (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field({ nullable: true, description: 'Title, 1 to 100 characters (荣誉称号).' })
  @IsOptional()
  @Length(1, 100)
  title?: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Conferred on, YYYY-MM-DD (授予日期).' })
  conferredOn?: string;

  @Field(() => String, { nullable: true, description: 'Number of the certificate, unique in the campaign (证书编号).' })
  @IsOptional()
  @Length(1, 100)
  certificateNo?: string | null;
}

@InputType({ description: 'The revocation of an award (撤销荣誉).' })
export class RevokeAward {
  @Field(() => ID, { description: 'Which award (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field(() => GraphQLLocalDate, { description: 'Revoked on, YYYY-MM-DD (撤销日期).' })
  revokedOn!: string;

  @Field({ description: 'Why, 2 to 500 characters (撤销原因).' })
  @Length(2, 500)
  reason!: string;
}

@InputType({ description: 'Which awards; all conditions hold together (筛选条件).' })
export class AwardFilter {
  @Field({ nullable: true, description: 'Recipients in this division or below, 6 digits (属地代码).' })
  division?: string;

  @Field({ nullable: true, description: 'Part of the title, or start of its pinyin (关键词).' })
  @IsOptional()
  @Length(1, 100)
  search?: string;

  @Field(() => ID, { nullable: true, description: 'In this campaign (活动标识).' })
  campaign?: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Conferred on this day or later, YYYY-MM-DD (授予日期起).' })
  conferredFrom?: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Conferred on this day or earlier, YYYY-MM-DD (授予日期止).' })
  conferredTo?: string;

  @Field({ nullable: true, description: 'Revoked awards, or the valid ones (是否已撤销).' })
  revoked?: boolean;
}

export enum AwardOrder {
  CONFERRED_DESC = 'CONFERRED_DESC',
  TITLE_ASC = 'TITLE_ASC',
}
registerEnumType(AwardOrder, { name: 'AwardOrder', description: 'Order of awards; titles in pinyin order (排序).' });
