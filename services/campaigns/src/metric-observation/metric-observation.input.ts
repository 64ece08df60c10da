import { IsInt, IsOptional, Length, Max, Min } from 'class-validator';
import { Field, Float, GraphQLISODateTime, ID, InputType } from 'type-graphql';
import { Metric } from './metric-observation.ts';

@InputType({ description: 'A count to enter (新建观测).' })
export class CreateMetricObservation {
  @Field(() => ID, { description: 'Of which item (内容标识).' })
  itemId!: string;

  @Field(() => Metric, { description: 'What is counted (指标).' })
  metric!: Metric;

  @Field(() => Float, { description: 'The count since publication, a whole number (累计数值，次).' })
  @IsInt({ message: 'value: a whole number' })
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  value!: number;

  @Field(() => GraphQLISODateTime, { description: 'Observed at, ISO 8601 (观测时间).' })
  observedAt!: Date;

  @Field(() => String, { nullable: true, description: 'How it was observed, up to 100 characters (观测方式).' })
  @IsOptional()
  @Length(1, 100)
  method?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why the count contradicts another, 2 to 500 characters; needed only then (更正原因).',
  })
  @IsOptional()
  @Length(2, 500)
  correctionReason?: string | null;
}
