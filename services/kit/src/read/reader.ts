import type { EntityClass, EntityManager, FilterQuery, QueryOrderMap } from '@mikro-orm/postgresql';
import type { SqlRow } from './read-transaction.ts';
import { shapeOf } from './row-shape.ts';

export interface Selection<T extends object> {
  where: FilterQuery<T>;
  orderBy?: QueryOrderMap<T>[];
  limit?: number;
}

/** Sends one statement inside the operation's transaction. */
export type Send = (sql: string) => Promise<SqlRow[]>;

/**
 * How an operation reads: inside the viewer's slice, rows as plain objects of their class that nothing tracks. What is to be changed
 * comes from the entity manager instead (change.ts).
 */
export class Reader {
  constructor(
    /** Knows the tables, and writes conditions as SQL. */
    private readonly em: EntityManager,
    private readonly send: Send,
  ) {}

  async find<T extends object>(type: EntityClass<T>, selection: Selection<T>): Promise<T[]> {
    return (await this.send(this.sql(type, selection))).map(this.shape(type));
  }

  /** The rows with one of these values in a column; the commonest reading, so its SQL is not built anew. */
  async findBy<T extends object>(type: EntityClass<T>, property: string, values: readonly string[]): Promise<T[]> {
    const { tableName, properties } = this.em.getMetadata(type);
    const [column] = properties[property as never as keyof typeof properties].fieldNames;
    return (await this.execute<SqlRow>(`select * from "${tableName}" where "${column}" in (?)`, [values])).map(this.shape(type));
  }

  async count<T extends object>(type: EntityClass<T>, where: FilterQuery<T>): Promise<number> {
    const [row] = await this.send(`select count(*)::int as total from (${this.keysSql(type, where)}) q`);
    return row!.total;
  }

  /** `?` stands for a parameter. */
  execute<R extends object>(sql: string, params: readonly unknown[] = []): Promise<R[]> {
    return this.send(this.literally(sql, params)) as Promise<R[]>;
  }

  /** A statement with its parameters in it, escaped. */
  literally(sql: string, params: readonly unknown[]): string {
    return this.em.getPlatform().formatQuery(sql, params);
  }

  sql(type: EntityClass<any>, { where, orderBy = [], limit }: Selection<any>): string {
    const query = this.em.createQueryBuilder(type, 'e').select('*').where(where).orderBy(orderBy);
    return (limit === undefined ? query : query.limit(limit)).getFormattedQuery();
  }

  keysSql(type: EntityClass<any>, where: FilterQuery<any>): string {
    const keys = this.em.getMetadata(type).primaryKeys;
    return this.em
      .createQueryBuilder(type, 'e')
      .select(keys as never)
      .where(where)
      .getFormattedQuery();
  }

  /** A list of values of a column, as a table of each and its place from 0. */
  numbered(type: EntityClass<any>, property: string, values: readonly string[]): string {
    const [columnType] = this.em.getMetadata(type).properties[property]!.columnTypes;
    return this.literally(`(select v, (i - 1)::int from unnest(array[?]::${columnType}[]) with ordinality u (v, i))`, [values]);
  }

  keyOf<T extends object>(type: EntityClass<T>): keyof T & string {
    return this.em.getMetadata(type).primaryKeys[0] as keyof T & string;
  }

  /** Makes a row of the table into an object of its class. */
  shape<T extends object>(type: EntityClass<T>): (row: SqlRow) => T {
    return shapeOf(this.em.getMetadata(type), this.em.getPlatform());
  }
}
