import { createHash } from 'node:crypto';
import type { EntityMetadata, EntityProperty, FilterQuery } from '@mikro-orm/postgresql';
import { isISO8601, isUUID } from 'class-validator';
import { HubError } from './errors.ts';
import type { Order } from './page.ts';

export type CursorValue = string | number | boolean | Date;

/** The values a cursor may hold for a column, by the column's type; undefined for any other. What is not one never becomes a condition. */
const readers: Record<string, (value: unknown) => CursorValue | undefined> = {
  text: value => (typeof value === 'string' && !value.includes('\0') ? value : undefined),
  uuid: value => (isUUID(value) ? (value as string) : undefined),
  int: value => (Number.isInteger(value) && Math.abs(value as number) < 2 ** 31 ? (value as number) : undefined),
  'double precision': value => (Number.isFinite(value) ? (value as number) : undefined),
  boolean: value => (typeof value === 'boolean' ? value : undefined),
  numeric: value => (typeof value === 'string' && /^-?\d{1,30}(\.\d{1,10})?$/.test(value) ? value : undefined),
  // PostgreSQL counts no year 0.
  date: value =>
    typeof value === 'string' && /^(?!0000)\d{4}-\d\d-\d\d$/.test(value) && isISO8601(value, { strict: true })
      ? value
      : undefined,
  timestamptz: value =>
    typeof value === 'string' && /^(?!0000)\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && isISO8601(value, { strict: true })
      ? new Date(value)
      : undefined,
};

const baseOf = (columnType: string) => columnType.replace(/\(.*\)$/, '').replace(/^(integer|smallint)$/, 'int');

/** Longer ones are not ours: the longest columns lists are ordered by are names. */
const longest = 4_000;

/** Writes and reads the cursors of one list in one order. A cursor of another list or order is refused, as is whatever no list gave out. */
export class Cursors<T extends object> {
  private known?: string;

  /** `list` tells it from the other lists of the class: those of other parents, and of other subgraphs. */
  constructor(
    private readonly meta: EntityMetadata<T>,
    private readonly order: Order<T>,
    private readonly list: unknown,
  ) {}

  /** Short for the list and its order. Made when a cursor is read or written: most lists inside lists do neither. */
  private get tag(): string {
    const { meta, order, list } = this;
    const name = () => JSON.stringify([meta.className, order, list]);
    this.known ??= createHash('sha256').update(name()).digest('base64url').slice(0, 6);
    return this.known;
  }

  write(row: T): string {
    return Buffer.from(JSON.stringify([this.tag, ...this.order.map(([property]) => row[property])])).toString('base64url');
  }

  /** `argument` is which argument it came in, `after` or `before`. */
  read(argument: string, cursor: string): CursorValue[] {
    const [tag, ...values] = this.parsed(cursor);
    const scalars =
      tag === this.tag && values.length === this.order.length ? values.map((value, i) => this.scalar(i, value)) : [];
    if (scalars.length === 0 || scalars.includes(undefined))
      throw new HubError(
        'INVALID_INPUT',
        `${argument}: this is not a cursor of this list in this order; take one from its pageInfo or edges, and repeat the orderBy it was given with (游标不属于此列表或排序).`,
      );
    return scalars as CursorValue[];
  }

  private parsed(cursor: string): unknown[] {
    if (cursor.length > longest) return [];
    try {
      const values = JSON.parse(Buffer.from(cursor, 'base64url').toString());
      return Array.isArray(values) ? values : [];
    } catch {
      return [];
    }
  }

  private scalar(i: number, value: unknown): CursorValue | undefined {
    const [property] = this.order[i]!;
    const [columnType = ''] = (this.meta.properties as Record<string, EntityProperty>)[property]!.columnTypes;
    const reader = readers[baseOf(columnType)];
    if (!reader)
      throw new Error(`Lists of ${this.meta.className} cannot be ordered by ${property}: no cursor reads ${columnType}.`);
    return reader(value);
  }
}

/** Rows strictly after a place in the given order: (a > x) or (a = x and b > y) or … */
export function beyond(order: Order<any>, values: CursorValue[]): FilterQuery<any> {
  return {
    $or: order.map(([property, direction], i) => ({
      ...Object.fromEntries(order.slice(0, i).map(([earlier], j) => [earlier, values[j]])),
      [property]: { [direction === 'asc' ? '$gt' : '$lt']: values[i] },
    })),
  };
}
