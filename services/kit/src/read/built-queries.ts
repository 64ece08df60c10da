import { randomUUID } from 'node:crypto';
import { isRaw } from '@mikro-orm/postgresql';
import { Lru } from '../lru.ts';

/** SQL with a `?` for each of its values. */
export interface Query {
  sql: string;
  params: readonly unknown[];
}

/** Queries of a class; with its values each takes some two kilobytes. */
const most = 200;
const known = new WeakMap<object, Lru<string, Query>>();

/** SQL as it was built for the same question before: to build it takes longer than PostgreSQL takes to run a short one. */
export function built(type: object, question: unknown, build: () => Query): Query {
  const key = keyOf(question);
  if (!key) return build();
  const ofType = known.get(type) ?? new Lru<string, Query>(most);
  known.set(type, ofType);
  const before = ofType.get(key);
  if (before) return before;
  const query = build();
  ofType.set(key, query);
  return query;
}

/** Stands before what JSON would make a text. No caller knows it, so no value of theirs passes for a date or SQL. */
const mark = randomUUID();

/** A text that no other question has; undefined where the question holds what JSON cannot tell. */
export function keyOf(question: unknown): string | undefined {
  let isTold = true;
  const key = JSON.stringify(question, function (this: Record<string, unknown>, name, value) {
    const original = this[name];
    if (original === undefined) return { [mark]: 'undefined' };
    if (original instanceof Date) return { [mark]: value };
    // As JSON a piece of SQL would lose its values.
    if (isRaw(original)) return { [mark]: [original.sql, original.params] };
    isTold &&= original === null || ['string', 'number', 'boolean'].includes(typeof original) || isPlain(original);
    return isTold ? value : null;
  });
  return isTold ? key : undefined;
}

const isPlain = (value: unknown) =>
  Array.isArray(value) ||
  (typeof value === 'object' &&
    Object.getOwnPropertySymbols(value).length === 0 &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value)));
