/** Any object of an answer. */
export type Row = Record<string, any>;

/**
 * Puts what a fetch answered into what is known: objects into objects, lists of one length element by element, anything else in its place.
 * Parts of the source are taken over, not copied: nobody else has them.
 */
export function merge(target: Row, source: Row | null | undefined): Row {
  if (source === undefined || source === null) return target;
  for (const key of Object.keys(source)) {
    const value = source[key];
    if (value === undefined) continue;
    const present = target[key];
    if (present === undefined) target[key] = value;
    else if (!Object.hasOwn(target, key)) define(target, key, value);
    else if (present && isObject(value)) merge(present, value);
    else if (Array.isArray(value) && Array.isArray(present) && value.length === present.length) mergeList(present, value);
    else target[key] = value;
  }
  return target;
}

function mergeList(target: unknown[], source: readonly unknown[]): void {
  for (let i = 0; i < source.length; i++) {
    const [present, value] = [target[i], source[i]];
    if (isObject(present) && isObject(value)) merge(present, value);
    else target[i] = value;
  }
}

/** A client may name a field as something that every object inherits, such as `constructor`. */
const define = (target: Row, key: string, value: unknown) =>
  Object.defineProperty(target, key, { value, configurable: true, enumerable: true, writable: true });

const isObject = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
