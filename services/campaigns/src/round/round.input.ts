import { ArrayMaxSize, IsOptional, Max, Min } from 'class-validator';
import { Field, Float, GraphQLISODateTime, ID, InputType, Int } from 'type-graphql';
import { RoundKind, TallyVisibility } from './round.ts';

@InputType({ description: 'What is judged in a round, and how much it counts (评分标准).' })
export class CriterionInput {
  @Field({ description: 'Short name, 1 to 50 characters, unique in the round (标准代码).' })
  code!: string;

  @Field(() => Float, { description: 'Its weight beside the others, above 0, without unit (权重).' })
  weight!: number;

  @Field(() => Float, { description: 'Highest score, above 0, points (最高分).' })
  max!: number;
}

@InputType({ description: 'A round to plan (新建轮次).' })
export class CreateRound {
  @Field(() => ID, { description: 'Of which campaign (活动标识).' })
  campaignId!: string;

  @Field(() => RoundKind, { description: 'Kind (轮次类型).' })
  kind!: RoundKind;

  @Field(() => GraphQLISODateTime, { description: 'Planned to open at, ISO 8601 (开始时间).' })
  opensAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Planned to close at, ISO 8601 (截止时间).' })
  closesAt?: Date | null;

  @Field(() => Int, { nullable: true, description: 'How many may pass, 1 to 1,000,000, count (名额).' })
  @IsOptional()
  @Min(1)
  @Max(1_000_000)
  quota?: number | null;

  @Field(() => [CriterionInput], { defaultValue: [], description: 'What is judged, up to 50 (评分标准).' })
  @ArrayMaxSize(50)
  criteria!: CriterionInput[];

  @Field(() => TallyVisibility, {
    defaultValue: TallyVisibility.AFTER_CLOSE,
    description: 'When the tally may be seen (计票公开时间).',
  })
  tallyVisible!: TallyVisibility;
}

@InputType({ description: 'Changes of a round that is not closed; what is left out stays, null empties (修改轮次).' })
export class UpdateRound {
  @Field(() => ID, { description: 'Which round (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field(() => RoundKind, { nullable: true, description: 'Kind (轮次类型).' })
  kind?: RoundKind;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Planned to open at, ISO 8601 (开始时间).' })
  opensAt?: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Planned to close at, ISO 8601 (截止时间).' })
  closesAt?: Date | null;

  @Field(() => Int, { nullable: true, description: 'How many may pass, 1 to 1,000,000, count (名额).' })
  @IsOptional()
  @Min(1)
  @Max(1_000_000)
  quota?: number | null;

  @Field(() => [CriterionInput], { nullable: true, description: 'What is judged, up to 50, all of them anew (评分标准).' })
  @IsOptional()
  @ArrayMaxSize(50)
  criteria?: CriterionInput[];

  @Field(() => TallyVisibility, { nullable: true, description: 'When the tally may be seen (计票公开时间).' })
  tallyVisible?: TallyVisibility;
}
