import { getMetadataStorage } from 'class-validator';
import { cleanLines, cleanText } from './compare-key.ts';

/** A text that may be as long as this has lines; a shorter one is a name, a title, a code. */
const longText = 500;

const longOnes = new Map<unknown, ReadonlySet<string>>();

/** The properties of an input that may be long, by its own rules of length. */
function longOf(type: new () => unknown): ReadonlySet<string> {
  const known = longOnes.get(type);
  if (known) return known;
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const long = rules.filter(({ name, constraints }) => name === 'isLength' && Number(constraints?.[1]) >= longText);
  const names = new Set(long.map(({ propertyName }) => propertyName));
  longOnes.set(type, names);
  return names;
}

/**
 * Cleans all texts of an input in place, so that no noun can forget it: what is typed in a form is stored as what comes in a ledger. The
 * rows of a sheet, which are lists of lists, are cleaned where they are read.
 */
export function cleanInput(input: object): void {
  const long = longOf(input.constructor as new () => unknown);
  const fields = input as Record<string, unknown>;
  for (const [name, value] of Object.entries(fields)) {
    const clean = long.has(name) ? cleanLines : cleanText;
    if (typeof value === 'string') fields[name] = clean(value);
    else if (Array.isArray(value)) {
      fields[name] = value.map(each => (typeof each === 'string' ? clean(each) : each));
      for (const each of value) if (isInput(each)) cleanInput(each);
    } else if (isInput(value)) cleanInput(value);
  }
}

/** An input within an input is of a class of its own; dates and free JSON are not. */
export const isInput = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Date) &&
  ![Object.prototype, null].includes(Object.getPrototypeOf(value));
