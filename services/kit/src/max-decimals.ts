import { ValidateBy } from 'class-validator';

const has = (value: unknown, places: number) =>
  typeof value === 'number' && Number.isFinite(value) && Number(value.toFixed(places)) === value;

/** A number with at most so many decimal places, however it is written: class-validator's own check falls over 1e-9. */
export const MaxDecimals = (places: number): PropertyDecorator =>
  ValidateBy({
    name: 'maxDecimals',
    validator: {
      validate: value => has(value, places),
      defaultMessage: () => `$property must be a number with at most ${places} decimal places`,
    },
  });
