import { Indicator } from '../figure/figure.ts';

/** Columns of figures, each with what it measures. */
export const figureColumns = {
  employees: { header: '职工人数', indicator: Indicator.EMPLOYEES },
  outputValue: { header: '年产值', indicator: Indicator.OUTPUT_VALUE },
  reportedMembers: { header: '党员人数', indicator: Indicator.REPORTED_MEMBERS },
} as const;
