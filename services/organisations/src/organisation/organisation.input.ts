import { MayCome } from '@hub/kit/dates-that-can-be';
import { onlyCommittee } from '@hub/kit/writers';
import { IsOptional, IsUrl, Length, Matches } from 'class-validator';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Authorized, Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { IsCreditCode } from './credit-code.ts';
import { OrganisationKind, OrganisationStatus } from './organisation.ts';

@InputType()
class OrganisationDetails {
  @Field(() => String, { nullable: true, description: 'Short name, up to 100 characters (简称).' })
  @IsOptional()
  @Length(1, 100)
  shortName?: string | null;

  @Authorized(onlyCommittee)
  @Field(() => String, { nullable: true, description: 'Industry, GB/T 4754 class or its name (行业).' })
  @IsOptional()
  @Length(1, 100)
  industry?: string | null;

  @Authorized(onlyCommittee)
  @Field({ nullable: true, description: 'On the list of key internet enterprises (是否重点).' })
  isKey?: boolean;

  @Authorized(onlyCommittee)
  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Registered on, YYYY-MM-DD (登记日期).' })
  registeredOn?: string | null;

  @Field(() => String, { nullable: true, description: 'Address, up to 300 characters (地址).' })
  @IsOptional()
  @Length(1, 300)
  address?: string | null;

  @Field(() => String, { nullable: true, description: 'Website, http or https URL (网址).' })
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'] }, { message: 'website: an http or https address' })
  website?: string | null;

  @Authorized(onlyCommittee)
  @Field(() => String, { nullable: true, description: 'Tier of membership (会员级别).' })
  @IsOptional()
  @Length(1, 50)
  membershipTier?: string | null;

  @Authorized(onlyCommittee)
  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Member since, YYYY-MM-DD (入会日期).' })
  memberSince?: string | null;

  @Authorized(onlyCommittee)
  @MayCome()
  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Member until, YYYY-MM-DD (退会日期).' })
  memberUntil?: string | null;

  @Authorized(onlyCommittee)
  @Field(() => GraphQLLocalDate, { nullable: true, description: 'File confirmed as current on, YYYY-MM-DD (核对日期).' })
  assuredOn?: string | null;
}

@InputType({ description: 'An organisation to enter (新建企业档案).' })
export class CreateOrganisation extends OrganisationDetails {
  @Field({ description: 'Division it belongs to, 6 digits (属地代码).' })
  @Matches(/^\d{6}$/, { message: 'divisionCode: 6 digits of GB/T 2260' })
  divisionCode!: string;

  @Field({ description: 'Unified social credit code, 18 characters (统一社会信用代码).' })
  @IsCreditCode()
  creditCode!: string;

  @Field({ description: 'Registered name, 2 to 200 characters (企业名称).' })
  @Length(2, 200)
  legalName!: string;

  @Field(() => OrganisationKind, { defaultValue: OrganisationKind.ENTERPRISE, description: 'Kind (组织类型).' })
  kind!: OrganisationKind;
}

@InputType({
  description:
    "Changes of an organisation; what is left out stays, null empties. A member organisation writes its short name, address and website, the rest is its committee's (修改企业档案).",
})
export class UpdateOrganisation extends OrganisationDetails {
  @Field(() => ID, { description: 'Which organisation (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Authorized(onlyCommittee)
  @Field({ nullable: true, description: 'Registered name, 2 to 200 characters (企业名称).' })
  @IsOptional()
  @Length(2, 200)
  legalName?: string;

  @Authorized(onlyCommittee)
  @Field(() => OrganisationStatus, {
    nullable: true,
    description: 'ACTIVE or SUSPENDED; an end is dissolveOrganisation (存续状态).',
  })
  status?: OrganisationStatus;
}

@InputType({ description: 'A move to another division (属地迁移).' })
export class MoveOrganisation {
  @Field(() => ID, { description: 'Which organisation (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field({ description: 'Division it moves to, 6 digits (迁入地代码).' })
  @Matches(/^\d{6}$/, { message: 'divisionCode: 6 digits of GB/T 2260' })
  divisionCode!: string;

  @Field(() => GraphQLLocalDate, { description: 'With effect from, YYYY-MM-DD (生效日期).' })
  movedOn!: string;

  @Field({ description: 'Why, 2 to 500 characters; kept in the history (原因).' })
  @Length(2, 500)
  reason!: string;
}

@InputType({ description: 'The end of an organisation (注销).' })
export class DissolveOrganisation {
  @Field(() => ID, { description: 'Which organisation (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field(() => GraphQLLocalDate, { description: 'Ended on, YYYY-MM-DD (注销日期).' })
  dissolvedOn!: string;

  @Field({ description: 'Why, 2 to 500 characters; kept in the history (原因).' })
  @Length(2, 500)
  reason!: string;
}

@InputType({ description: 'Which organisations; all conditions hold together (筛选条件).' })
export class OrganisationFilter {
  @Field({ nullable: true, description: 'In this division or below, 6 digits (属地代码).' })
  division?: string;

  @Field({ nullable: true, description: 'Part of a name, start of its pinyin, or start of the credit code (关键词).' })
  @IsOptional()
  @Length(1, 100)
  search?: string;

  @Field(() => OrganisationKind, { nullable: true, description: 'Of this kind (组织类型).' })
  kind?: OrganisationKind;

  @Field(() => OrganisationStatus, { nullable: true, description: 'In this state (存续状态).' })
  status?: OrganisationStatus;

  @Field({ nullable: true, description: 'Key enterprises, or the others (是否重点).' })
  isKey?: boolean;

  @Field({ nullable: true, description: 'Of exactly this industry (行业).' })
  industry?: string;
}

export enum OrganisationOrder {
  NAME_ASC = 'NAME_ASC',
  NAME_DESC = 'NAME_DESC',
  DIVISION_ASC = 'DIVISION_ASC',
  CREATED_DESC = 'CREATED_DESC',
}
registerEnumType(OrganisationOrder, {
  name: 'OrganisationOrder',
  description: 'Order of organisations; names in pinyin order (排序).',
});
