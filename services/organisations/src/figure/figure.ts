import { connectionOf } from '@hub/kit/page';
import { sliced } from '@hub/kit/slice';
import type { Opt } from '@mikro-orm/core';
import { Entity, Enum, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import { OfOrganisation } from '../organisation/of-organisation.ts';

export enum Indicator {
  EMPLOYEES = 'EMPLOYEES',
  OUTPUT_VALUE = 'OUTPUT_VALUE',
  REPORTED_MEMBERS = 'REPORTED_MEMBERS',
}
registerEnumType(Indicator, {
  name: 'Indicator',
  description: 'What a figure measures: employees and reported party members in persons, output value in CNY (指标).',
});
export const unitOf: Record<Indicator, string> = { EMPLOYEES: 'persons', OUTPUT_VALUE: 'CNY', REPORTED_MEMBERS: 'persons' };

export enum FigureStatus {
  REPORTED = 'REPORTED',
  VERIFIED = 'VERIFIED',
}
registerEnumType(FigureStatus, { name: 'FigureStatus', description: 'Whether somebody checked a figure (核实状态).' });

@Entity({
  rowLevelSecurity: 'force',
  policies: sliced({ organisation: 'organisation_id', organisationWrites: ['insert', 'update'] }),
})
@ObjectType({ description: 'A figure of an organisation in a period; a correction is a new revision (企业指标).' })
@Unique({ properties: ['organisation', 'indicator', 'period'] })
export class Figure extends OfOrganisation {
  @Field(() => Indicator, { description: 'What is measured (指标).' })
  @Enum({ items: () => Indicator })
  indicator!: Indicator;

  @Field({ description: 'Year, half year, quarter or month: 2023, 2023-H1, 2023-Q1 or 2023-02 (统计期).' })
  @Property({ type: 'text' })
  period!: string;

  /** Last day of the period: orders periods of different length. */
  @Property({ type: 'date' })
  periodEnd!: string;

  @Field(() => Float, { description: 'The value, in its unit (数值).' })
  @Property({ type: 'double' })
  value!: number;

  @Field(() => String, { description: 'Unit: persons or CNY (单位).' })
  get unit(): Opt<string> {
    return unitOf[this.indicator];
  }

  @Field(() => FigureStatus, { description: 'Whether it was checked (核实状态).' })
  @Enum({ items: () => FigureStatus, default: FigureStatus.REPORTED })
  status: Opt<FigureStatus> = FigureStatus.REPORTED;

  @Field(() => String, { nullable: true, description: 'Where it comes from (来源).' })
  @Property({ type: 'text', nullable: true })
  source?: string | null;
}

export const FigureConnection = connectionOf(Figure);
