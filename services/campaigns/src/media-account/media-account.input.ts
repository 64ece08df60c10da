import { IsOptional, Length, Max, Min } from 'class-validator';
import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';

@InputType({ description: 'An account to enter (新建新媒体账号).' })
export class CreateMediaAccount {
  @Field({ description: 'Platform, 1 to 50 characters (平台).' })
  @Length(1, 50)
  platform!: string;

  @Field({ description: 'Name of the account, 1 to 200 characters, unique on its platform (账号名称).' })
  @Length(1, 200)
  handle!: string;

  @Field(() => ID, { nullable: true, description: 'The person whose it is; this or organisationId (所属人员标识).' })
  personId?: string;

  @Field(() => ID, { nullable: true, description: 'The organisation whose it is; this or personId (所属企业标识).' })
  organisationId?: string;

  @Field(() => Int, { nullable: true, description: 'Followers, count (粉丝数).' })
  @IsOptional()
  @Min(0)
  @Max(2_147_483_647)
  followers?: number | null;
}

@InputType({ description: 'Changes of an account; what is left out stays, null empties (修改新媒体账号).' })
export class UpdateMediaAccount {
  @Field(() => ID, { description: 'Which account (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field({ nullable: true, description: 'Name of the account, 1 to 200 characters (账号名称).' })
  @IsOptional()
  @Length(1, 200)
  handle?: string;

  @Field(() => Int, { nullable: true, description: 'Followers, count (粉丝数).' })
  @IsOptional()
  @Min(0)
  @Max(2_147_483_647)
  followers?: number | null;
}

@InputType({ description: 'Which accounts; all conditions hold together (筛选条件).' })
export class MediaAccountFilter {
  @Field({ nullable: true, description: 'Owners in this division or below, 6 digits (属地代码).' })
  division?: string;

  @Field({ nullable: true, description: 'Part of the account name, or start of its pinyin (关键词).' })
  @IsOptional()
  @Length(1, 100)
  search?: string;

  @Field({ nullable: true, description: 'On exactly this platform (平台).' })
  platform?: string;
}

export enum MediaAccountOrder {
  HANDLE_ASC = 'HANDLE_ASC',
  CREATED_DESC = 'CREATED_DESC',
}
registerEnumType(MediaAccountOrder, {
  name: 'MediaAccountOrder',
  description: 'Order of accounts; names in pinyin order (排序).',
});
