import { InSliceOf } from '@hub/kit/in-slice-of';
import { connectionOf } from '@hub/kit/page';
import { stub } from '@hub/kit/reference';
import { Searchable } from '@hub/kit/searchable';
import { sliced } from '@hub/kit/slice';
import { sortKey } from '@hub/kit/sort-key';
import type { Opt, Ref } from '@mikro-orm/core';
import { Entity, Enum, ManyToOne, Property, Unique } from '@mikro-orm/decorators/legacy';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Directive, Field, ObjectType, registerEnumType } from 'type-graphql';
import { Committee } from '../committee/committee.ts';
import { Sited } from '../division/sited.ts';

export enum CampaignKind {
  SELECTION = 'SELECTION',
  OUTREACH = 'OUTREACH',
  DRIVE = 'DRIVE',
}
registerEnumType(CampaignKind, {
  name: 'CampaignKind',
  description: 'Kind of a campaign: a selection, outreach to the public, or a drive for a cause (活动类型).',
});

export enum CampaignState {
  DRAFT = 'DRAFT',
  OPEN = 'OPEN',
  CLOSED = 'CLOSED',
}
registerEnumType(CampaignState, { name: 'CampaignState', description: 'State of a campaign (活动状态).' });

@Entity({ rowLevelSecurity: 'force', policies: sliced({ published: true }) })
@ObjectType({ description: 'A campaign of a committee: a selection, outreach or a drive (评选与宣传活动).' })
@Directive('@key(fields: "id")')
@Unique({ properties: ['id', 'divisionCode', 'publishedDownward'] })
@Searchable({ table: 'campaign', parts: ['title'], pinyin: 'sort_key', published: true })
export class Campaign extends Sited {
  @Field({ description: 'Title (活动名称).' })
  @Property({ type: 'text' })
  title!: string;

  /** Pinyin of the title: the Chinese order, and what a search by pinyin meets. */
  @Property({ type: 'text', onCreate: (c: Campaign) => sortKey(c.title), onUpdate: (c: Campaign) => sortKey(c.title) })
  sortKey!: string & Opt;

  @Field(() => CampaignKind, { description: 'Kind (活动类型).' })
  @Enum({ items: () => CampaignKind })
  kind!: CampaignKind;

  @ManyToOne(() => Committee, { ref: true, createForeignKeyConstraint: false, index: true })
  organiser!: Ref<Committee>;

  @InSliceOf(() => Committee, 'organiser_id')
  organiserKey?: never;

  @Field(() => Boolean, { description: 'The divisions below and their organisations may read it (已向下发布).' })
  @Property({ type: 'boolean', default: false })
  publishedDownward: Opt<boolean> = false;

  @Field(() => GraphQLLocalDate, { description: 'Starts on, YYYY-MM-DD (开始日期).' })
  @Property({ type: 'date' })
  startsOn!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Ends on, YYYY-MM-DD (结束日期).' })
  @Property({ type: 'date', nullable: true })
  endsOn?: string | null;

  @Field(() => CampaignState, { description: 'State (活动状态).' })
  @Enum({ items: () => CampaignState, default: CampaignState.DRAFT })
  state: Opt<CampaignState> = CampaignState.DRAFT;

  @Field(() => Committee, {
    name: 'organiser',
    nullable: true,
    description: 'The committee that organises it; its own fields are null where you may not see it (主办委员会).',
  })
  theOrganiser(): Committee | null {
    return stub(Committee, this.organiser.id);
  }
}

export const CampaignConnection = connectionOf(Campaign);
