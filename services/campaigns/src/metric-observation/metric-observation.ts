import { InSliceOf } from '@hub/kit/in-slice-of';
import { connectionOf } from '@hub/kit/page';
import { sliced } from '@hub/kit/slice';
import { BigIntType, type Ref } from '@mikro-orm/core';
import { Entity, Enum, ManyToOne, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Field, Float, GraphQLISODateTime, ObjectType, registerEnumType } from 'type-graphql';
import { ContentItem } from '../content-item/content-item.ts';
import { Sited } from '../division/sited.ts';

export enum Metric {
  READS = 'READS',
  REPOSTS = 'REPOSTS',
  LIKES = 'LIKES',
  COMMENTS = 'COMMENTS',
}
registerEnumType(Metric, { name: 'Metric', description: 'What is counted of an item (指标：阅读、转发、点赞、评论).' });

/** Entered and, by the revert of an import, taken out again; overwritten never, whoever asks. */
const neverOverwritten = sliced({ organisation: 'item_id in (select id from content_item)' }).flatMap(({ check, ...policy }) =>
  policy.name === 'committee'
    ? [
        { ...policy, name: 'committee_select', command: 'select' as const },
        { name: 'committee_insert', command: 'insert' as const, roles: policy.roles, check },
        { ...policy, name: 'committee_delete', command: 'delete' as const },
      ]
    : [policy],
);

@Entity({ rowLevelSecurity: 'force', policies: neverOverwritten })
@ObjectType({ description: 'A count of an item at a moment, cumulative; never overwritten (传播数据观测).' })
@Unique({ properties: ['item', 'metric', 'observedAt'] })
export class MetricObservation extends Sited {
  @ManyToOne(() => ContentItem, { ref: true, createForeignKeyConstraint: false })
  item!: Ref<ContentItem>;

  @InSliceOf(() => ContentItem, 'item_id')
  itemKey?: never;

  @Field(() => Metric, { description: 'What is counted (指标).' })
  @Enum({ items: () => Metric })
  metric!: Metric;

  @Field(() => Float, { description: 'The count since publication, a whole number (累计数值，次).' })
  @Property({ type: new BigIntType('number') })
  value!: number;

  @Field(() => GraphQLISODateTime, { description: 'Observed at, ISO 8601 (观测时间).' })
  // To the millisecond, as cursors carry it.
  @Property({ columnType: 'timestamptz(3)', type: 'datetime' })
  observedAt!: Date;

  @Field(() => String, { nullable: true, description: 'How it was observed, such as 平台后台 (观测方式).' })
  @Property({ type: 'text', nullable: true })
  method?: string | null;

  @Field(() => String, { nullable: true, description: 'Why the count is lower than one before it (更正原因).' })
  @Property({ type: 'text', nullable: true })
  correctionReason?: string | null;
}

export const MetricObservationConnection = connectionOf(MetricObservation);
