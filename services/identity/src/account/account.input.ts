import { IsEmail, IsOptional, Length, Matches } from 'class-validator';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { GrantTerms } from '../grant/grant.input.ts';
import { Account } from './account.ts';

@InputType({ description: 'An account to open (开立账号).' })
export class CreateAccount {
  @Field({ description: 'Name to sign in with: 2 to 40 lower-case letters, digits, dots, hyphens, underscores (登录名).' })
  @Matches(/^[a-z][a-z0-9._-]{1,39}$/, {
    message: 'loginName: 2 to 40 lower-case letters, digits, dots, hyphens or underscores, a letter first (登录名格式不正确)',
  })
  loginName!: string;

  @Field({ description: 'Name of the person, 1 to 100 characters (姓名).' })
  @Length(1, 100)
  displayName!: string;

  @Field(() => String, { nullable: true, description: 'Address for mail (电子邮箱).' })
  @IsOptional()
  @IsEmail({}, { message: 'email: an address such as name@example.org (邮箱格式不正确)' })
  email?: string | null;

  @Field({ description: 'Division that administers it, 6 digits, within yours (管理属地).' })
  @Matches(/^\d{6}$/, { message: 'divisionCode: 6 digits of GB/T 2260 (属地代码应为6位数字)' })
  divisionCode!: string;
}

@InputType({ description: 'An account to open together with its first grant (邀请).' })
export class InviteAccount extends CreateAccount {
  @Field(() => GrantTerms, { description: 'Its first grant (授权内容).' })
  grant!: GrantTerms;
}

@InputType({ description: 'Which account to change, and why (账号变更).' })
export class ChangeAccount {
  @Field(() => ID, { description: 'Which account (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'Why, 2 to 500 characters; lands in its history (原因).' })
  @IsOptional()
  @Length(2, 500)
  reason?: string | null;
}

@ObjectType({ description: 'An account and the password of its next sign-in, shown this once (账号与一次性密码).' })
export class AccountWithPassword {
  @Field({ description: 'The account (账号).' })
  account!: Account;

  @Field({ description: 'Password for one sign-in, where it has to be changed (一次性密码).' })
  oneTimePassword!: string;
}
