import { Context } from '@hub/kit/context';
import { sliced } from '@hub/kit/slice';
import type { Opt, Ref } from '@mikro-orm/core';
import { Entity, Enum, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Ctx, Field, Float, GraphQLISODateTime, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Campaign } from '../campaign/campaign.ts';
import { Sited } from '../division/sited.ts';

export enum RoundKind {
  NOMINATION = 'NOMINATION',
  PRELIMINARY = 'PRELIMINARY',
  FINAL = 'FINAL',
}
registerEnumType(RoundKind, {
  name: 'RoundKind',
  description: 'Kind of a round: nomination, preliminary or final (轮次类型：推荐、初选、终选).',
});

export enum RoundState {
  PLANNED = 'PLANNED',
  OPEN = 'OPEN',
  CLOSED = 'CLOSED',
}
registerEnumType(RoundState, { name: 'RoundState', description: 'State of a round; a closed one never changes (轮次状态).' });

export enum TallyVisibility {
  AFTER_CLOSE = 'AFTER_CLOSE',
  LIVE = 'LIVE',
}
registerEnumType(TallyVisibility, {
  name: 'TallyVisibility',
  description: 'When the tally of a round may be seen (计票公开时间).',
});

@ObjectType({ description: 'What is judged in a round, and how much it counts (评分标准).' })
export class Criterion {
  @Field({ description: 'Short name, unique in the round (标准代码).' })
  code!: string;
  @Field(() => Float, { description: 'Its weight beside the others, above 0, without unit (权重).' })
  weight!: number;
  @Field(() => Float, { description: 'Highest score, points (最高分).' })
  max!: number;
}

@Entity({ rowLevelSecurity: 'force', policies: sliced({ published: true }) })
@ObjectType({ description: 'A round of a campaign (活动轮次).' })
export class Round extends Sited {
  @ManyToOne(() => Campaign, { ref: true, createForeignKeyConstraint: false, index: true })
  campaign!: Ref<Campaign>;

  @Field(() => Boolean, { description: 'As its campaign: the divisions below may read it (已向下发布).' })
  @Property({ type: 'boolean' })
  publishedDownward!: boolean;

  /** Like InSliceOf, with the publication: where a campaign goes and to whom it is published, its rounds are too. */
  @ManyToOne(() => Campaign, {
    joinColumns: ['campaign_id', 'division_code', 'published_downward'],
    referencedColumnNames: ['id', 'division_code', 'published_downward'],
    columnTypes: ['uuid', 'text', 'boolean'],
    ownColumns: [],
    updateRule: 'cascade',
    deleteRule: 'no action',
    nullable: true,
    lazy: true,
    hidden: true,
  })
  campaignKey?: never;

  @Field(() => RoundKind, { description: 'Kind (轮次类型).' })
  @Enum({ items: () => RoundKind })
  kind!: RoundKind;

  @Field(() => GraphQLISODateTime, { description: 'Planned to open at, ISO 8601; rounds stand in this order (开始时间).' })
  @Property({ type: 'timestamptz' })
  opensAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Planned to close at, ISO 8601 (截止时间).' })
  @Property({ type: 'timestamptz', nullable: true })
  closesAt?: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many may pass: advance, or from the last round be awarded; count; null is no limit (名额).',
  })
  @Property({ type: 'integer', nullable: true })
  quota?: number | null;

  @Field(() => [Criterion], { description: 'What is judged (评分标准).' })
  @Property({ type: 'jsonb', default: '[]' })
  criteria: Opt<Criterion[]> = [];

  @Field(() => TallyVisibility, { description: 'When the tally may be seen (计票公开时间).' })
  @Enum({ items: () => TallyVisibility, default: TallyVisibility.AFTER_CLOSE })
  tallyVisible: Opt<TallyVisibility> = TallyVisibility.AFTER_CLOSE;

  @Field(() => RoundState, { description: 'State (轮次状态).' })
  @Enum({ items: () => RoundState, default: RoundState.PLANNED })
  state: Opt<RoundState> = RoundState.PLANNED;

  @Field(() => Campaign, { name: 'campaign', nullable: true, description: 'Its campaign (所属活动).' })
  theCampaign(@Ctx() context: Context): Promise<Campaign | null> {
    return context.load(Campaign, this.campaign.id);
  }
}
