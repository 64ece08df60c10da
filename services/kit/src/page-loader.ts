import { type EntityClass, type FilterQuery, type QueryOrderMap, raw } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { isDecided } from './connection-loss.ts';
import { keyOf, type Query } from './read/built-queries.ts';
import type { SqlRow } from './read/read-transaction.ts';
import type { Reader } from './read/reader.ts';

/** A page to load, or a list to count. */
export interface Slot<T extends object> {
  type: EntityClass<T>;
  /** Which rows belong to the parent whose list this is. */
  of?: FilterQuery<T>;
  where: FilterQuery<T>;
  orderBy: QueryOrderMap<T>[];
  limit: number;
}

/** Lists that one statement answers. */
interface Group {
  slots: Slot<any>[];
  /** The column by which each belongs to its parent; without one, each has a condition of its own. */
  column?: string;
}

const whole = ({ of, where }: Slot<any>): FilterQuery<any> => (of ? { $and: [of, where] } : where);

/** `{ organisation: id }` is a column and its value. Others, such as the interval of a division, are not. */
function parentOf({ of }: Slot<any>): [column: string, value: string] | undefined {
  const [[column, value] = [], ...more] = Object.entries(of ?? {});
  return column && typeof value === 'string' && more.length === 0 ? [column, value] : undefined;
}

function groups(slots: readonly Slot<any>[]): Group[] {
  const known = new Map<EntityClass<any>, Map<string, Group>>();
  for (const slot of slots) {
    const [parent] = parentOf(slot) ?? [];
    // What cannot be told as a text has a condition of its own.
    const key = (parent && keyOf([parent, slot.where, slot.orderBy, slot.limit])) ?? '';
    const column = key === '' ? undefined : parent;
    const ofType = known.get(slot.type) ?? new Map<string, Group>();
    known.set(slot.type, ofType);
    const group = ofType.get(key) ?? { slots: [], column };
    ofType.set(key, group);
    group.slots.push(slot);
  }
  return [...known.values()].flatMap(ofType => [...ofType.values()]);
}

/**
 * Loads the pages of many lists at once, by one statement: that of one list, joined to the parents. Where they share no column each
 * parent's page is a branch of one `union all`. Either way each keeps its own index scan and its own limit.
 */
export class PageLoader {
  private readonly rows: DataLoader<Slot<any>, any[]>;
  private readonly counts: DataLoader<Slot<any>, number>;

  constructor(private readonly read: Reader) {
    this.rows = new DataLoader(slots => this.each(slots, group => this.loadRows(group)), { cache: false });
    this.counts = new DataLoader(slots => this.each(slots, group => this.loadCounts(group)), { cache: false });
  }

  load<T extends object>(slot: Slot<T>): Promise<T[]> {
    return this.rows.load(slot);
  }

  count<T extends object>(slot: Slot<T>): Promise<number> {
    return this.counts.load(slot);
  }

  /** A list that fails fails alone: those it shared a statement with are asked for without it. */
  private async each<V>(slots: readonly Slot<any>[], load: (group: Group) => Promise<V[]>): Promise<(V | Error)[]> {
    const answers = new Map<Slot<any>, V | Error>();
    const answer = async (group: Group): Promise<void> => {
      try {
        const values = await load(group);
        for (const [i, slot] of group.slots.entries()) answers.set(slot, values[i]!);
      } catch (error) {
        if (group.slots.length === 1 || !isDecided(error)) for (const slot of group.slots) answers.set(slot, error as Error);
        else await Promise.all(group.slots.map(slot => answer({ ...group, slots: [slot] })));
      }
    };
    await Promise.all(groups(slots).map(answer));
    return slots.map(slot => answers.get(slot)!);
  }

  private async loadRows(group: Group): Promise<any[][]> {
    const [first, ...others] = group.slots as [Slot<any>, ...Slot<any>[]];
    const { type } = first;
    if (others.length === 0) return [await this.read.find(type, { ...first, where: whole(first) })];
    const { sql, params } = this.forAll(
      group,
      (slot, where) => this.read.rows(type, { ...slot, where }),
      rows => `select row_number() over () as hub_row, q.* from (${rows}) q`,
    );
    const shape = this.read.shape(type);
    const pages: any[][] = group.slots.map(() => []);
    for (const row of await this.read.execute<SqlRow>(`${sql} order by hub_page, hub_row`, params))
      pages[row.hub_page]!.push(shape(row));
    return pages;
  }

  private async loadCounts(group: Group): Promise<number[]> {
    const [first, ...others] = group.slots as [Slot<any>, ...Slot<any>[]];
    const { type } = first;
    if (others.length === 0) return [await this.read.count(type, whole(first))];
    const { sql, params } = this.forAll(
      group,
      (_, where) => this.read.keys(type, where),
      keys => `select count(*)::int as total from (${keys}) q`,
    );
    const rows = await this.read.execute<{ hub_page: number; total: number }>(`${sql} order by hub_page`, params);
    return rows.map(row => row.total);
  }

  /** The answers of all lists of a group, each with the number of its list as `hub_page`. */
  private forAll(
    { slots, column }: Group,
    queryOf: (slot: Slot<any>, where: FilterQuery<any>) => Query,
    wrapped: (sql: string) => string,
  ): Query {
    if (!column) {
      const each = slots.map(slot => queryOf(slot, whole(slot)));
      const sql = each.map((query, page) => `select ${page} as hub_page, l.* from (${wrapped(query.sql)}) l`).join(' union all ');
      return { sql, params: each.flatMap(({ params }) => params) };
    }
    const [first] = slots as [Slot<any>];
    const parents = this.read.numbered(
      first.type,
      column,
      slots.map(slot => parentOf(slot)![1]),
    );
    const own = queryOf(first, { $and: [{ [column]: raw('p.hub_parent') }, first.where] });
    return {
      sql: `select p.hub_page, l.* from ${parents.sql} as p (hub_parent, hub_page) cross join lateral (${wrapped(own.sql)}) l`,
      params: [...parents.params, ...own.params],
    };
  }
}
