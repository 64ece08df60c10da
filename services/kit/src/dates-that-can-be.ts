import { GraphQLLocalDate } from 'graphql-scalars';
import { getMetadataStorage } from 'type-graphql';
import { isInput } from './clean-input.ts';
import { HubError } from './errors.ts';
import { wrong } from './imports/cell-problem.ts';
import { dateFault, earliestDate } from './possible-date.ts';

const planned = new Set<string>();
const keyOf = (type: { name: string }, property: string) => `${type.name}.${property}`;

/** The date of a plan, which may come; all other dates of inputs are of what has happened. */
export const MayCome = (): PropertyDecorator => (target, property) => {
  planned.add(keyOf(target.constructor, String(property)));
};

interface DateField {
  name: string;
  mayCome: boolean;
}
const known = new Map<unknown, DateField[]>();

function datesOf(type: { prototype: object }): DateField[] {
  const found = known.get(type);
  if (found) return found;
  const dates = getMetadataStorage().fields.filter(
    ({ target, getType }) => (target === type || type.prototype instanceof target) && getType() === GraphQLLocalDate,
  );
  const fields = dates.map(({ target, name }) => ({ name, mayCome: planned.has(keyOf(target as { name: string }, name)) }));
  known.set(type, fields);
  return fields;
}

/** Refuses a date that cannot be, in any input of a change; the rule is that of the ledgers. What is asked for may be of any time. */
export function checkDates(input: object): void {
  if (input.constructor.name.endsWith('Filter')) return;
  const fields = input as Record<string, unknown>;
  for (const { name, mayCome } of datesOf(input.constructor as unknown as { prototype: object })) {
    const value = fields[name];
    const reason = typeof value === 'string' ? dateFault(value, mayCome) : undefined;
    if (reason) {
      const { message } = wrong(reason, { value: value as string, least: earliestDate });
      throw new HubError('INVALID_INPUT', `${name}: ${message}`, { reason });
    }
  }
  for (const value of Object.values(fields).flat()) if (isInput(value)) checkDates(value);
}
