import { compareKey } from '@hub/kit/compare-key';
import { InSliceOf } from '@hub/kit/in-slice-of';
import { connectionOf } from '@hub/kit/page';
import { declarePersonal, maskName, maskPhone } from '@hub/kit/personal';
import { Searchable } from '@hub/kit/searchable';
import { sliced } from '@hub/kit/slice';
import { sortKey } from '@hub/kit/sort-key';
import { Collection, type Opt, type Ref } from '@mikro-orm/core';
import { Entity, Enum, Index, ManyToOne, OneToMany, Property, Unique } from '@mikro-orm/decorators/legacy';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Directive, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { BranchMembership } from '../branch-membership/branch-membership.ts';
import { Sited } from '../division/sited.ts';
import { Organisation } from '../organisation/organisation.ts';

export enum Gender {
  MALE = 'MALE',
  FEMALE = 'FEMALE',
}
registerEnumType(Gender, { name: 'Gender', description: 'Gender (性别).' });

export enum RealNameStatus {
  UNVERIFIED = 'UNVERIFIED',
  VERIFIED = 'VERIFIED',
  FAILED = 'FAILED',
}
registerEnumType(RealNameStatus, { name: 'RealNameStatus', description: 'State of the real-name verification (实名认证状态).' });

@ObjectType({ description: 'Real-name verification of a person (实名认证).' })
export class RealName {
  @Field(() => RealNameStatus, { description: 'Its state (认证状态).' })
  status!: RealNameStatus;
  @Field(() => String, { nullable: true, description: 'How it was verified, such as 现场核验身份证 (认证方式).' })
  method?: string | null;
  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Verified on, YYYY-MM-DD (认证日期).' })
  verifiedOn?: string | null;
}

const hidden = () => '***';
declarePersonal('person', { name: maskName, phone: maskPhone, sort_key: hidden, name_key: hidden, identity_hash: hidden });

/** Name and phone have no @Field here: the resolver shows them masked or whole. */
@Entity({ rowLevelSecurity: 'force', policies: sliced({ organisation: 'organisation_id' }) })
@ObjectType({ description: 'A person on the real-name register (实名登记人员).' })
@Directive('@key(fields: "id")')
@Unique({ properties: ['id', 'divisionCode'] })
@Unique({ name: 'person_contact', properties: ['organisation'], where: 'is_contact' })
@Index({ properties: ['organisation', 'nameKey'] })
@Searchable({ table: 'person', parts: ['name'], pinyin: 'sort_key', dashed: ['phone'] })
export class Person extends Sited {
  @Property({ type: 'text' })
  name!: string;

  /** Pinyin of the name: the Chinese order, and what a search by pinyin meets. As personal as the name. */
  @Property({ type: 'text', onCreate: (p: Person) => sortKey(p.name), onUpdate: (p: Person) => sortKey(p.name) })
  sortKey!: string & Opt;

  /** What names are compared by; none in a row that was not written by the hub, which then is like nobody. */
  @Property({
    type: 'text',
    nullable: true,
    onCreate: (p: Person) => compareKey(p.name),
    onUpdate: (p: Person) => compareKey(p.name),
  })
  nameKey?: string & Opt;

  /** As `normalPhone` writes it. */
  @Index()
  @Property({ type: 'text', nullable: true })
  phone?: string | null;

  /** Keyed hash of the identity number, to refuse duplicates. The number itself is stored nowhere. */
  @Unique()
  @Property({ type: 'text', nullable: true })
  identityHash?: string | null;

  @Field(() => Gender, { nullable: true, description: 'Gender (性别).' })
  @Enum({ items: () => Gender, nullable: true })
  gender?: Gender | null;

  @Field(() => Int, { nullable: true, description: 'Year of birth (出生年份).' })
  @Property({ type: 'integer', nullable: true })
  birthYear?: number | null;

  @Field(() => String, { nullable: true, description: 'Job title (职务).' })
  @Property({ type: 'text', nullable: true })
  jobTitle?: string | null;

  @Field(() => String, { nullable: true, description: 'Education, such as 本科 (学历).' })
  @Property({ type: 'text', nullable: true })
  education?: string | null;

  @Enum({ items: () => RealNameStatus, default: RealNameStatus.UNVERIFIED })
  realNameStatus: Opt<RealNameStatus> = RealNameStatus.UNVERIFIED;

  @Property({ type: 'text', nullable: true })
  realNameMethod?: string | null;

  @Property({ type: 'date', nullable: true })
  verifiedOn?: string | null;

  @Field(() => Boolean, { description: 'Is the contact of the organisation (是否企业联系人).' })
  @Property({ type: 'boolean', default: false })
  isContact: Opt<boolean> = false;

  /** None for officials of a committee, who belong to its division alone. */
  @ManyToOne(() => Organisation, { ref: true, nullable: true, createForeignKeyConstraint: false, index: true })
  organisation?: Ref<Organisation> | null;

  @InSliceOf(() => Organisation, 'organisation_id')
  organisationKey?: never;

  @OneToMany(
    () => BranchMembership,
    membership => membership.person,
  )
  memberships = new Collection<BranchMembership>(this);

  @Field(() => RealName, { description: 'Real-name verification (实名认证).' })
  get realName(): Opt<RealName> {
    return { status: this.realNameStatus, method: this.realNameMethod, verifiedOn: this.verifiedOn };
  }
}

export const PersonConnection = connectionOf(Person);
