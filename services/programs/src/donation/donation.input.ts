import { MaxDecimals } from '@hub/kit/max-decimals';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsOptional,
  IsPositive,
  IsUUID,
  Length,
  Matches,
  Max,
  ValidateNested,
} from 'class-validator';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, Float, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { DonationKind } from './donation.ts';

/** Far below what the column holds and above what anyone gives: catches a slipped decimal point. */
const most = 100_000_000_000;

@InputType({ description: 'Goods that were given (捐赠物资).' })
export class DonationItemInput {
  @Field({ description: 'What, 1 to 200 characters (物资名称).' })
  @Length(1, 200)
  description!: string;

  @Field(() => Float, { description: 'How much, in its unit (数量).' })
  @IsPositive()
  @Max(most)
  quantity!: number;

  @Field({ description: 'Unit, such as 箱, 1 to 20 characters (单位).' })
  @Length(1, 20)
  unit!: string;
}

@InputType({ description: 'What goods or a service are worth (估值).' })
export class ValuationInput {
  @Field(() => Float, { description: 'Worth, CNY (金额，元).' })
  @MaxDecimals(2)
  @IsPositive()
  @Max(most)
  amount!: number;

  @Field(() => String, { nullable: true, description: 'How it was found, up to 200 characters (估值方法).' })
  @IsOptional()
  @Length(1, 200)
  method?: string | null;
}

@InputType()
class DonationDetails {
  @Field(() => ID, { nullable: true, description: 'The program it is for (项目标识).' })
  @IsOptional()
  @IsUUID()
  programId?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is for, up to 500 characters (用途).' })
  @IsOptional()
  @Length(1, 500)
  purpose?: string | null;

  @Field(() => String, { nullable: true, description: 'Number of the receipt, unique in the division (票据号).' })
  @IsOptional()
  @Length(1, 100)
  receiptNo?: string | null;

  @Field({ nullable: true, description: 'The donor agrees to be named in public (同意公示姓名).' })
  publishName?: boolean;
}

@InputType({
  description:
    "A donation to enter, of an organisation, a person or nobody known; it belongs to the donor's division (新建捐赠记录).",
})
export class CreateDonation extends DonationDetails {
  @Field(() => ID, { nullable: true, description: 'The organisation that gave (捐赠企业标识).' })
  @IsOptional()
  @IsUUID()
  donorOrganisationId?: string;

  @Field(() => ID, { nullable: true, description: 'The person who gave (捐赠人标识).' })
  @IsOptional()
  @IsUUID()
  donorPersonId?: string;

  @Field({ nullable: true, description: 'Only for an anonymous donation: where it belongs, 6 digits (属地代码).' })
  @IsOptional()
  @Matches(/^\d{6}$/, { message: 'divisionCode: 6 digits of GB/T 2260' })
  divisionCode?: string;

  @Field({ description: 'Who received it, 1 to 200 characters (受赠方).' })
  @Length(1, 200)
  recipient!: string;

  @Field(() => DonationKind, { description: 'What was given (捐赠类别).' })
  kind!: DonationKind;

  @Field(() => Float, { nullable: true, description: 'Amount, CNY; for MONEY and only for it (金额，元).' })
  @IsOptional()
  @MaxDecimals(2)
  @IsPositive()
  @Max(most)
  amount?: number;

  @Field(() => [DonationItemInput], { nullable: true, description: 'The goods, 1 to 200; for GOODS and only for it (物资明细).' })
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  items?: DonationItemInput[];

  @Field(() => ValuationInput, { nullable: true, description: 'Worth of GOODS or a SERVICE, when known (估值).' })
  @IsOptional()
  @ValidateNested()
  valuation?: ValuationInput;

  @Field(() => GraphQLLocalDate, { description: 'Given on, YYYY-MM-DD (捐赠日期).' })
  donatedOn!: string;
}

@InputType({
  description: 'Changes of a donation apart from its figures; what is left out stays, null empties (修改捐赠记录).',
})
export class UpdateDonation extends DonationDetails {
  @Field(() => ID, { description: 'Which donation (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;
}

@InputType({ description: 'The reversal of a donation that was entered wrongly (冲销捐赠).' })
export class ReverseDonation {
  @Field(() => ID, { description: 'Which donation (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field({ description: 'Why, 2 to 500 characters; shown and kept in the history (原因).' })
  @Length(2, 500)
  reason!: string;
}

@InputType({ description: 'Which donations; all conditions hold together (筛选条件).' })
export class DonationFilter {
  @Field({ nullable: true, description: 'In this division or below, 6 digits (属地代码).' })
  division?: string;

  @Field(() => DonationKind, { nullable: true, description: 'Of this kind (捐赠类别).' })
  kind?: DonationKind;

  @Field(() => ID, { nullable: true, description: 'For this program (项目标识).' })
  program?: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Given on this day or later, YYYY-MM-DD (不早于).' })
  from?: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Given before this day, YYYY-MM-DD (早于).' })
  to?: string;

  @Field({ nullable: true, description: 'Part of the recipient, the purpose or the receipt number (关键词).' })
  @IsOptional()
  @Length(1, 100)
  search?: string;

  @Field({ nullable: true, description: 'Those reversed and their reversals, or the others (是否涉及冲销).' })
  inReversal?: boolean;
}

export enum DonationOrder {
  DONATED_DESC = 'DONATED_DESC',
  DONATED_ASC = 'DONATED_ASC',
  CREATED_DESC = 'CREATED_DESC',
}
registerEnumType(DonationOrder, { name: 'DonationOrder', description: 'Order of donations (排序).' });
