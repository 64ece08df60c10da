import type { EntityClass, EntityManager, FilterQuery, QueryOrderMap } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';

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

  constructor(private readonly em: EntityManager) {
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
    for (const type of new Set(slots.map(slot => slot.type))) {
      const same = slots.filter(slot => slot.type === type);
      const values = await load(same);
      for (const [i, slot] of same.entries()) answers.set(slot, values[i]!);
    }
    return slots.map(slot => answers.get(slot)!);
  }

  private async loadRows(slots: Slot<any>[]): Promise<any[][]> {
    const [only] = slots;
    if (slots.length === 1 && only)
      return [await this.em.find(only.type, only.where, { orderBy: only.orderBy, limit: only.limit })];
    const branches = slots.map(({ type, where, orderBy, limit }, page) => {
      const query = this.em.createQueryBuilder(type, 'e').select('*').where(where).orderBy(orderBy).limit(limit);
      return `(select ${page} as hub_page, row_number() over () as hub_row, q.* from (${query.getFormattedQuery()}) q)`;
    });
    const raw = await this.em.execute<Record<string, any>[]>(`${branches.join(' union all ')} order by hub_page, hub_row`);
    const pages: any[][] = slots.map(() => []);
    for (const { hub_page, hub_row: _, ...row } of raw) pages[Number(hub_page)]!.push(this.em.map(slots[0]!.type, row));
    return pages;
  }

  private async loadCounts(slots: Slot<any>[]): Promise<number[]> {
    const [only] = slots;
    if (slots.length === 1 && only) return [await this.em.count(only.type, only.where)];
    const branches = slots.map(({ type, where }, page) => {
      const query = this.em
        .createQueryBuilder(type, 'e')
        .select(this.em.getMetadata(type).primaryKeys as never)
        .where(where);
      return `(select ${page} as hub_page, count(*)::int as total from (${query.getFormattedQuery()}) q)`;
    });
    const raw = await this.em.execute<{ hub_page: number; total: number }[]>(branches.join(' union all '));
    return raw.sort((a, b) => a.hub_page - b.hub_page).map(row => row.total);
  }
}
