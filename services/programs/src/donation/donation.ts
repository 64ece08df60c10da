import { InSliceOf } from '@hub/kit/in-slice-of';
import { connectionOf } from '@hub/kit/page';
import { Searchable } from '@hub/kit/searchable';
import { sliced } from '@hub/kit/slice';
import type { Opt, Ref } from '@mikro-orm/core';
import { Check, Entity, Enum, Index, ManyToOne, Property, Unique } from '@mikro-orm/decorators/legacy';
import { GraphQLLocalDate } from 'graphql-scalars';
import { createUnionType, Directive, Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import { Sited } from '../division/sited.ts';
import { Organisation } from '../organisation/organisation.ts';
import { Person } from '../person/person.ts';
import { Program } from '../program/program.ts';

export enum DonationKind {
  MONEY = 'MONEY',
  GOODS = 'GOODS',
  SERVICE = 'SERVICE',
}
registerEnumType(DonationKind, {
  name: 'DonationKind',
  description: 'What was given: money (资金), goods (物资) or a service (服务) (捐赠类别).',
});

export const Donor = createUnionType({
  name: 'Donor',
  description: 'Who gave: an organisation or a person (捐赠人).',
  types: () => [Organisation, Person] as const,
});

@ObjectType({ description: 'Goods that were given (捐赠物资).' })
export class DonationItem {
  @Field({ description: 'What (物资名称).' })
  description!: string;
  @Field(() => Float, { description: 'How much, in its unit; negative in a reversal (数量).' })
  quantity!: number;
  @Field({ description: 'Unit, such as 箱 (单位).' })
  unit!: string;
}

@ObjectType({ description: 'What goods or a service are worth (估值).' })
export class Valuation {
  @Field(() => Float, { description: 'Worth, CNY; negative in a reversal (金额，元).' })
  amount!: number;
  @Field(() => String, { nullable: true, description: 'How it was found, such as 发票 or 市场价 (估值方法).' })
  method?: string | null;
}

@Entity({ rowLevelSecurity: 'force', policies: sliced({ organisation: 'donor_organisation_id' }) })
@ObjectType({ description: 'A donation; its figures never change, a correction is a reversal (捐赠).' })
@Directive('@key(fields: "id")')
@Index({ properties: ['divisionCode', 'donatedOn', 'id'] })
@Unique({ properties: ['receiptDivision', 'receiptNo'] })
@Check({ name: 'donation_one_donor', expression: 'num_nonnulls(donor_organisation_id, donor_person_id) <= 1' })
@Searchable({ table: 'donation', parts: ['recipient', 'purpose', 'receipt_no'] })
export class Donation extends Sited {
  @ManyToOne(() => Organisation, { ref: true, nullable: true, createForeignKeyConstraint: false, index: true })
  donorOrganisation?: Ref<Organisation> | null;

  @ManyToOne(() => Person, { ref: true, nullable: true, createForeignKeyConstraint: false, index: true })
  donorPerson?: Ref<Person> | null;

  @InSliceOf(() => Organisation, 'donor_organisation_id')
  donorOrganisationKey?: never;

  @InSliceOf(() => Person, 'donor_person_id')
  donorPersonKey?: never;

  @ManyToOne(() => Program, { ref: true, nullable: true, index: true, deleteRule: 'no action' })
  program?: Ref<Program> | null;

  @Field({ description: 'Who received it (受赠方).' })
  @Property({ type: 'text' })
  recipient!: string;

  @Field(() => String, { nullable: true, description: 'What it is for (用途).' })
  @Property({ type: 'text', nullable: true })
  purpose?: string | null;

  @Field(() => DonationKind, { description: 'What was given (捐赠类别).' })
  @Enum({ items: () => DonationKind })
  kind!: DonationKind;

  @Field(() => Float, { nullable: true, description: 'Amount of money, CNY; only of MONEY; negative in a reversal (金额，元).' })
  @Property({ type: 'decimal', precision: 16, scale: 2, runtimeType: 'number', nullable: true })
  amount?: number | null;

  @Field(() => [DonationItem], { description: 'The goods; empty unless GOODS (物资明细).' })
  @Property({ type: 'jsonb' })
  items: Opt<DonationItem[]> = [];

  @Property({ type: 'decimal', precision: 16, scale: 2, runtimeType: 'number', nullable: true })
  valuationAmount?: number | null;

  @Property({ type: 'text', nullable: true })
  valuationMethod?: string | null;

  @Field(() => GraphQLLocalDate, { description: 'Given on, YYYY-MM-DD; a reversal has the day of what it reverses (捐赠日期).' })
  @Property({ type: 'date' })
  donatedOn!: string;

  @Field(() => String, { nullable: true, description: 'Number of the receipt, unique in the division that issued it (票据号).' })
  @Property({ type: 'text', nullable: true })
  receiptNo?: string | null;

  /** The division that issued the receipt. Stays when the donor moves: a number taken elsewhere must never stop a move. */
  @Property({ type: 'text', nullable: true })
  receiptDivision?: string | null;

  @Field(() => Boolean, { description: 'The donor agrees to be named in public (同意公示姓名).' })
  @Property({ type: 'boolean', default: false })
  publishName: Opt<boolean> = false;

  @Field(() => Boolean, { description: 'A reversal takes it back: together they come to nothing (已冲销).' })
  @Property({ type: 'boolean', default: false })
  reversed: Opt<boolean> = false;

  @ManyToOne(() => Donation, { ref: true, nullable: true, unique: true, deleteRule: 'no action' })
  reversalOf?: Ref<Donation> | null;

  @Field(() => String, { nullable: true, description: 'Why it reverses another; only of a reversal (冲销原因).' })
  @Property({ type: 'text', nullable: true })
  reversalReason?: string | null;

  @Field(() => Valuation, { nullable: true, description: 'What the goods or the service are worth (估值).' })
  get valuation(): Valuation | null {
    return this.valuationAmount == null ? null : { amount: this.valuationAmount, method: this.valuationMethod };
  }

  @Field(() => Boolean, { description: 'The donor is not known (匿名捐赠).' })
  get anonymous(): Opt<boolean> {
    return !this.donorOrganisation && !this.donorPerson;
  }
}

export const DonationConnection = connectionOf(Donation);
