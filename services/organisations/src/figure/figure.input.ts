import { onlyCommittee } from '@hub/kit/writers';
import { IsOptional, Length, Min } from 'class-validator';
import { Authorized, Field, Float, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { FigureStatus, Indicator } from './figure.ts';

@InputType({ description: 'A figure to report (上报指标).' })
export class CreateFigure {
  @Field(() => ID, { description: 'Whose figure (企业标识).' })
  organisationId!: string;

  @Field(() => Indicator, { description: 'What is measured (指标).' })
  indicator!: Indicator;

  @Field({ description: 'Year, half year, quarter or month: 2023, 2023-H1, 2023-Q1 or 2023-02 (统计期).' })
  period!: string;

  @Field(() => Float, { description: 'The value: persons or CNY (数值).' })
  @Min(0)
  value!: number;

  @Field(() => String, { nullable: true, description: 'Where it comes from, up to 200 characters (来源).' })
  @IsOptional()
  @Length(1, 200)
  source?: string;
}

@InputType({ description: 'A correction or a check of a figure; what is left out stays (更正指标).' })
export class UpdateFigure {
  @Field(() => ID, { description: 'Which figure (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field(() => Float, { nullable: true, description: 'The value: persons or CNY (数值).' })
  @IsOptional()
  @Min(0)
  value?: number;

  @Authorized(onlyCommittee)
  @Field(() => FigureStatus, { nullable: true, description: 'Whether it was checked; a committee verifies (核实状态).' })
  status?: FigureStatus;

  @Field(() => String, { nullable: true, description: 'Where it comes from (来源).' })
  source?: string;
}

@InputType({ description: 'Which figures (筛选条件).' })
export class FigureFilter {
  @Field({ nullable: true, description: 'In this division or below, 6 digits (属地代码).' })
  division?: string;

  @Field(() => Indicator, { nullable: true, description: 'Of this indicator (指标).' })
  indicator?: Indicator;

  @Field({ nullable: true, description: 'Of this period (统计期).' })
  period?: string;

  @Field(() => FigureStatus, { nullable: true, description: 'In this state (核实状态).' })
  status?: FigureStatus;
}

export enum FigureOrder {
  PERIOD_DESC = 'PERIOD_DESC',
  VALUE_DESC = 'VALUE_DESC',
}
registerEnumType(FigureOrder, { name: 'FigureOrder', description: 'Order of figures (排序).' });
