import { connectionOf } from '@hub/kit/page';
import { Searchable } from '@hub/kit/searchable';
import { sliced } from '@hub/kit/slice';
import { sortKey } from '@hub/kit/sort-key';
import type { Opt } from '@mikro-orm/core';
import { Entity, Enum, Index, Property, Unique } from '@mikro-orm/decorators/legacy';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Directive, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Sited } from '../division/sited.ts';

export enum OrganisationKind {
  ENTERPRISE = 'ENTERPRISE',
  SOCIAL_ORGANISATION = 'SOCIAL_ORGANISATION',
  CHARITY = 'CHARITY',
  OTHER = 'OTHER',
}
registerEnumType(OrganisationKind, { name: 'OrganisationKind', description: 'Kind of an organisation (组织类型).' });

export enum OrganisationStatus {
  ACTIVE = 'ACTIVE',
  SUSPENDED = 'SUSPENDED',
  DISSOLVED = 'DISSOLVED',
}
registerEnumType(OrganisationStatus, { name: 'OrganisationStatus', description: 'State of an organisation (存续状态).' });

@ObjectType({ description: 'Membership of the federation (会员身份).' })
export class Membership {
  @Field(() => String, { nullable: true, description: 'Tier, such as 会员单位 or 理事单位 (会员级别).' })
  tier?: string;
  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Joined on, YYYY-MM-DD (入会日期).' })
  joinedOn?: string;
  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Left on, YYYY-MM-DD (退会日期).' })
  leftOn?: string;
}

@ObjectType({ description: 'How complete the file is (档案完整度).' })
export class Completeness {
  @Field(() => Int, { description: 'Share of the expected fields that are filled, percent (完整度，百分比).' })
  score!: number;
  @Field(() => [String], { description: 'Expected fields that are empty (缺少的字段).' })
  missing!: string[];
}

const expected = ['shortName', 'industry', 'registeredOn', 'address', 'website', 'membershipTier'] as const;

@Entity({ rowLevelSecurity: 'force', policies: sliced({ organisation: 'id', organisationWrites: ['update'], partner: 'id' }) })
@ObjectType({ description: 'A member organisation: one enterprise, one file (企业档案，一企一档).' })
@Directive('@key(fields: "id")')
@Directive('@key(fields: "creditCode")')
@Unique({ properties: ['id', 'divisionCode'] })
@Index({ properties: ['divisionCode', 'sortKey', 'id'] })
@Searchable({
  table: 'organisation',
  parts: ['legal_name', 'short_name'],
  pinyin: 'sort_key',
  codes: ['credit_code'],
})
export class Organisation extends Sited {
  @Field({ description: 'Unified social credit code, 18 characters, GB 32100 (统一社会信用代码).' })
  @Unique()
  @Property({ type: 'text' })
  creditCode!: string;

  @Field({ description: 'Registered name (企业名称).' })
  @Property({ type: 'text' })
  legalName!: string;

  @Field(() => String, { nullable: true, description: 'Short name (简称).' })
  @Property({ type: 'text', nullable: true })
  shortName?: string | null;

  /** Pinyin of the name: the Chinese order, and what a search by pinyin meets. */
  @Property({
    type: 'text',
    onCreate: (o: Organisation) => sortKey(o.legalName),
    onUpdate: (o: Organisation) => sortKey(o.legalName),
  })
  sortKey!: string & Opt;

  @Field(() => OrganisationKind, { description: 'Kind (组织类型).' })
  @Enum({ items: () => OrganisationKind, default: OrganisationKind.ENTERPRISE })
  kind: Opt<OrganisationKind> = OrganisationKind.ENTERPRISE;

  @Field(() => String, { nullable: true, description: 'Industry, GB/T 4754 class or its name (行业).' })
  @Property({ type: 'text', nullable: true })
  industry?: string | null;

  @Field(() => OrganisationStatus, { description: 'State (存续状态).' })
  @Enum({ items: () => OrganisationStatus, default: OrganisationStatus.ACTIVE })
  status: Opt<OrganisationStatus> = OrganisationStatus.ACTIVE;

  @Field(() => Boolean, { description: 'On the list of key internet enterprises (是否重点).' })
  @Property({ type: 'boolean', default: false })
  isKey: Opt<boolean> = false;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Registered on, YYYY-MM-DD (登记日期).' })
  @Property({ type: 'date', nullable: true })
  registeredOn?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Dissolved on, YYYY-MM-DD (注销日期).' })
  @Property({ type: 'date', nullable: true })
  dissolvedOn?: string | null;

  @Field(() => String, { nullable: true, description: 'Address (地址).' })
  @Property({ type: 'text', nullable: true })
  address?: string | null;

  @Field(() => String, { nullable: true, description: 'Website, URL (网址).' })
  @Property({ type: 'text', nullable: true })
  website?: string | null;

  @Property({ type: 'text', nullable: true })
  membershipTier?: string | null;

  @Property({ type: 'date', nullable: true })
  memberSince?: string | null;

  @Property({ type: 'date', nullable: true })
  memberUntil?: string | null;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'The file was last confirmed as current on, YYYY-MM-DD (最近核对日期).',
  })
  @Property({ type: 'date', nullable: true })
  assuredOn?: string | null;

  @Field(() => Membership, { nullable: true, description: 'Membership of the federation (会员身份).' })
  get membership(): Membership | null {
    if (!this.membershipTier && !this.memberSince) return null;
    return {
      tier: this.membershipTier ?? undefined,
      joinedOn: this.memberSince ?? undefined,
      leftOn: this.memberUntil ?? undefined,
    };
  }

  @Field(() => Completeness, { description: 'How complete the file is (档案完整度).' })
  get completeness(): Opt<Completeness> {
    const missing = expected.filter(field => !this[field]);
    return { score: Math.round((100 * (expected.length - missing.length)) / expected.length), missing: [...missing] };
  }
}

export const OrganisationConnection = connectionOf(Organisation);
