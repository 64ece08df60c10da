import type { EntityClass, FilterQuery, QueryOrderMap } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import type { SqlRow } from './read/read-transaction.ts';
import type { Reader } from './read/reader.ts';

export interface Slot<T extends object> {
  type: EntityClass<T>;
  where: FilterQuery<T>;
  orderBy: QueryOrderMap<T>[];
  limit: number;
}

/**
 * Loads the pages of many lists at once. A list under a hundred parents is one statement: each parent's page is a branch of one
 * `union all`, so every branch keeps its own index scan and its own limit.
 */
export class PageLoader {
  private readonly rows: DataLoader<Slot<any>, any[]>;
  private readonly counts: DataLoader<Slot<any>, number>;

  constructor(private readonly read: Reader) {
    this.rows = new DataLoader(slots => this.perType(slots, same => this.loadRows(same)), { cache: false });
    this.counts = new DataLoader(slots => this.perType(slots, same => this.loadCounts(same)), { cache: false });
  }

  load<T extends object>(slot: Slot<T>): Promise<T[]> {
    return this.rows.load(slot);
  }

  count<T extends object>(slot: Slot<T>): Promise<number> {
    return this.counts.load(slot);
  }

  private async perType<V>(slots: readonly Slot<any>[], load: (same: Slot<any>[]) => Promise<V[]>): Promise<V[]> {
    const answers = new Map<Slot<any>, V>();
    const types = [...new Set(slots.map(slot => slot.type))];
    await Promise.all(
      types.map(async type => {
        const same = slots.filter(slot => slot.type === type);
        const values = await load(same);
        for (const [i, slot] of same.entries()) answers.set(slot, values[i]!);
      }),
    );
    return slots.map(slot => answers.get(slot)!);
  }

  private async loadRows(slots: Slot<any>[]): Promise<any[][]> {
    const [only] = slots;
    if (slots.length === 1 && only) return [await this.read.find(only.type, only)];
    const branches = slots.map(
      (slot, page) =>
        `(select ${page} as hub_page, row_number() over () as hub_row, q.* from (${this.read.sql(slot.type, slot)}) q)`,
    );
    const raw = await this.read.execute<SqlRow>(`${branches.join(' union all ')} order by hub_page, hub_row`);
    const shape = this.read.shape(only!.type);
    const pages: any[][] = slots.map(() => []);
    for (const row of raw) pages[Number(row.hub_page)]!.push(shape(row));
    return pages;
  }

  private async loadCounts(slots: Slot<any>[]): Promise<number[]> {
    const [only] = slots;
    if (slots.length === 1 && only) return [await this.read.count(only.type, only.where)];
    const branches = slots.map(
      ({ type, where }, page) =>
        `(select ${page} as hub_page, count(*)::int as total from (${this.read.keysSql(type, where)}) q)`,
    );
    const raw = await this.read.execute<{ hub_page: number; total: number }>(branches.join(' union all '));
    return raw.sort((a, b) => a.hub_page - b.hub_page).map(row => row.total);
  }
}
