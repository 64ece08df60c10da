import { PageArgs } from '@hub/kit/page';
import { ArrayMaxSize, IsOptional, IsUUID, Length, Matches } from 'class-validator';
import { ArgsType, Field, GraphQLISODateTime, ID, InputType, Int } from 'type-graphql';
import { GrantRole } from './grant.ts';

@InputType({ description: 'What is granted (授权内容).' })
export class GrantTerms {
  @Field(() => GrantRole, { description: 'As whom (角色).' })
  role!: keyof typeof GrantRole;

  @Field({ description: 'At which division, 6 digits of GB/T 2260; within the division of the holder (授权属地).' })
  @Matches(/^\d{6}$/, { message: 'division: 6 digits of GB/T 2260 (属地代码应为6位数字)' })
  division!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'For which organisation; only and always with ORGANISATION and PARTNER (代表的组织标识).',
  })
  @IsOptional()
  @IsUUID(undefined, { message: 'organisationId: a UUID' })
  organisationId?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Scopes, none that you do not hold; left out, the usual ones of the role (权限范围).',
  })
  @IsOptional()
  @ArrayMaxSize(50)
  scopes?: string[] | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Valid from, ISO 8601; left out, now (生效时间).' })
  validFrom?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Valid until, ISO 8601; left out, without end (失效时间).' })
  validTo?: Date | null;

  @Field({ description: 'Why, 2 to 500 characters (授权原因).' })
  @Length(2, 500)
  reason!: string;
}

@InputType({ description: 'A grant to an account or to an API client (授权).' })
export class GrantRights extends GrantTerms {
  @Field(() => ID, { nullable: true, description: 'To which account (账号标识).' })
  accountId?: string | null;

  @Field(() => ID, { nullable: true, description: 'To which API client (客户端标识).' })
  clientId?: string | null;
}

@InputType({ description: 'The end of a grant; a token in use lives 5 minutes longer at most (撤销授权).' })
export class RevokeGrant {
  @Field(() => ID, { description: 'Which grant (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field({ description: 'Why, 2 to 500 characters (撤销原因).' })
  @Length(2, 500)
  reason!: string;
}

@ArgsType()
export class GrantsArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'Of this account (账号标识).' })
  accountId?: string;

  @Field(() => ID, { nullable: true, description: 'Of this API client (客户端标识).' })
  clientId?: string;
}
