import { HubError } from '@hub/kit/errors';
import { Indicator } from './figure.ts';

/** Persons are whole numbers. */
export function checkFigure(indicator: Indicator, value: number | undefined): void {
  if (value === undefined || indicator === Indicator.OUTPUT_VALUE || Number.isInteger(value)) return;
  throw new HubError(
    'INVALID_INPUT',
    `${indicator} are persons: ${value} is not a whole number (人数应为整数，“${value}”不是).`,
    {
      reason: 'NOT_A_WHOLE_NUMBER',
    },
  );
}
