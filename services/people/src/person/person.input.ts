import { valuesNeed } from '@hub/kit/declared-needs';
import { PageArgs } from '@hub/kit/page';
import { IsOptional, Length, Matches, Max, Min, ValidateNested } from 'class-validator';
import { GraphQLLocalDate } from 'graphql-scalars';
import { ArgsType, Authorized, Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { IsIdentityNumber } from './identity-number.ts';
import { Gender, RealNameStatus } from './person.ts';

@InputType()
class PersonDetails {
  @Field(() => String, {
    nullable: true,
    description:
      'Phone: a mobile, a landline with its area code and extension, or + and the country; kept in one form (联系电话).',
  })
  @IsOptional()
  @Length(1, 50)
  phone?: string | null;

  @Field(() => Gender, { nullable: true, description: 'Gender (性别).' })
  gender?: Gender | null;

  @Field(() => Int, { nullable: true, description: 'Year of birth, 1900 to 2100 (出生年份).' })
  @IsOptional()
  @Min(1900)
  @Max(2100)
  birthYear?: number | null;

  @Field(() => ID, { nullable: true, description: 'The organisation they work at (所在企业标识).' })
  organisationId?: string | null;

  @Field(() => String, { nullable: true, description: 'Job title, up to 100 characters (职务).' })
  @IsOptional()
  @Length(1, 100)
  jobTitle?: string | null;

  @Field(() => String, { nullable: true, description: 'Education, up to 50 characters, such as 本科 (学历).' })
  @IsOptional()
  @Length(1, 50)
  education?: string | null;

  @Field({
    defaultValue: false,
    description: 'It is another person than those on file who are alike; otherwise those are a CONFLICT (确为另一人).',
  })
  confirmNew!: boolean;
}

@InputType({ description: 'A person to enter: of an organisation, or of a division alone (登记人员).' })
export class CreatePerson extends PersonDetails {
  @Field({ description: 'Name, 1 to 100 characters (姓名).' })
  @Length(1, 100)
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Division, 6 digits, of a person without organisationId; with it, theirs is taken (属地代码).',
  })
  @IsOptional()
  @Matches(/^\d{6}$/, { message: 'divisionCode: 6 digits of GB/T 2260' })
  divisionCode?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Identity number, 18 characters; only a keyed hash is kept, to refuse duplicates (身份证号，仅存密钥散列).',
  })
  @IsOptional()
  @IsIdentityNumber()
  identityNumber?: string | null;
}

@InputType({ description: 'Changes of a person; what is left out stays, null empties (修改人员信息).' })
export class UpdatePerson extends PersonDetails {
  @Field(() => ID, { description: 'Which person (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field({ nullable: true, description: 'Name, 1 to 100 characters; another name has to be verified again (姓名).' })
  @IsOptional()
  @Length(1, 100)
  name?: string;
}

@InputType({ description: 'The outcome of a real-name verification (实名认证).' })
export class VerifyPerson {
  @Field(() => ID, { description: 'Which person (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field(() => RealNameStatus, { defaultValue: RealNameStatus.VERIFIED, description: 'VERIFIED or FAILED (认证结果).' })
  status!: RealNameStatus;

  @Field({ description: 'How, 2 to 100 characters, such as 现场核验身份证 (认证方式).' })
  @Length(2, 100)
  method!: string;

  @Field(() => GraphQLLocalDate, { description: 'Verified on, YYYY-MM-DD (认证日期).' })
  verifiedOn!: string;
}

@InputType({ description: 'Makes a person the contact of their organisation, or ends it (设置企业联系人).' })
export class SetContact {
  @Field(() => ID, { description: 'Which person (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field({ defaultValue: true, description: 'The contact, or no longer (是否联系人).' })
  isContact!: boolean;
}

@InputType({ description: 'Which people; all conditions hold together (筛选条件).' })
export class PersonFilter {
  @Field({ nullable: true, description: 'In this division or below, 6 digits (属地代码).' })
  division?: string;

  @Field(() => ID, { nullable: true, description: 'Of this organisation (所在企业标识).' })
  organisationId?: string;

  @Field(() => ID, { nullable: true, description: 'Living members of this branch (所在党支部标识).' })
  branchId?: string;

  @Field({
    nullable: true,
    description: 'Part of the name, start of its pinyin or of the phone; needs people:personal, else FORBIDDEN (关键词).',
  })
  @Authorized('people:personal')
  @IsOptional()
  @Length(1, 100)
  search?: string;

  @Field(() => Gender, { nullable: true, description: 'Of this gender (性别).' })
  gender?: Gender;

  @Field(() => RealNameStatus, { nullable: true, description: 'In this state of verification (实名认证状态).' })
  realNameStatus?: RealNameStatus;

  @Field({ nullable: true, description: 'Contacts of organisations, or the others (是否企业联系人).' })
  isContact?: boolean;
}

export enum PersonOrder {
  CREATED_DESC = 'CREATED_DESC',
  CREATED_ASC = 'CREATED_ASC',
  DIVISION_ASC = 'DIVISION_ASC',
  NAME_ASC = 'NAME_ASC',
  NAME_DESC = 'NAME_DESC',
}
registerEnumType(PersonOrder, {
  name: 'PersonOrder',
  description: 'Order of people; by name, in pinyin order, only with people:personal, else FORBIDDEN (排序).',
});
// The order and its cursors tell what the mask hides.
valuesNeed(PersonOrder, { NAME_ASC: ['people:personal'], NAME_DESC: ['people:personal'] });

@ArgsType()
export class PeopleArgs extends PageArgs {
  @Field(() => PersonFilter, { nullable: true, description: 'Which people (筛选条件).' })
  @IsOptional()
  @ValidateNested()
  where?: PersonFilter | null;

  @Field(() => PersonOrder, { defaultValue: PersonOrder.CREATED_DESC, description: 'Order (排序).' })
  orderBy!: PersonOrder;
}
