import {
  type EntityClass,
  type EntityManager,
  type EntityMetadata,
  type FilterQuery,
  type QueryOrderMap,
  raw,
} from '@mikro-orm/postgresql';
import { built, type Query } from './built-queries.ts';
import type { Statement } from './prepared.ts';
import type { SqlRow } from './read-transaction.ts';
import { columnsSql, shapeOf } from './row-shape.ts';

export interface Selection<T extends object> {
  where: FilterQuery<T>;
  orderBy?: QueryOrderMap<T>[];
  limit?: number;
}

/** Sends one statement inside the operation's transaction. */
export type Send = (statement: Statement) => Promise<SqlRow[]>;

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
    return (await this.send(this.statement(this.rows(type, selection)))).map(this.shape(type));
  }

  /** The rows with one of these values in a column; the commonest reading, so its SQL is not built anew. */
  async findBy<T extends object>(type: EntityClass<T>, property: string, values: readonly string[]): Promise<T[]> {
    const meta = this.em.getMetadata<any>(type);
    const { fieldNames, columnTypes } = meta.properties[property]!;
    const sql = `select ${columnsSql(meta, 'e')} from "${meta.tableName}" e where e."${fieldNames[0]}" = any (?::${columnTypes[0]}[])`;
    return (await this.execute<SqlRow>(sql, [arrayOf(values)])).map(this.shape(type));
  }

  async count<T extends object>(type: EntityClass<T>, where: FilterQuery<T>): Promise<number> {
    const { sql, params } = this.keys(type, where);
    const [row] = await this.execute<{ total: number }>(`select count(*)::int as total from (${sql}) q`, params);
    return row!.total;
  }

  /** All tables of this database. */
  tables(): EntityMetadata[] {
    return [...this.em.getMetadata().getAll().values()];
  }

  /** `?` stands for a parameter. */
  execute<R extends object>(sql: string, params: readonly unknown[] = []): Promise<R[]> {
    return this.send(this.statement({ sql, params })) as Promise<R[]>;
  }

  private statement({ sql, params }: Query): Statement {
    const text = params.length > 0 && params.every(isPlain) ? numberedParameters(sql) : undefined;
    if (!text) return { sql: this.literally(sql, params) };
    const platform = this.em.getPlatform();
    return { sql: text, values: params.map(each => String(platform.quoteValue(each))) };
  }

  /** A statement with its parameters in it, escaped. */
  literally(sql: string, params: readonly unknown[]): string {
    return this.em.getPlatform().formatQuery(sql, params);
  }

  /** Whole rows. */
  rows(type: EntityClass<any>, { where, orderBy = [], limit }: Selection<any>): Query {
    return built(type, [where, orderBy, limit], () => {
      const columns = raw(columnsSql(this.em.getMetadata(type), 'e'));
      const query = this.em.createQueryBuilder(type, 'e').select(columns).where(where).orderBy(orderBy);
      return (limit === undefined ? query : query.limit(limit)).toQuery();
    });
  }

  /** The keys of rows. */
  keys(type: EntityClass<any>, where: FilterQuery<any>): Query {
    return built(type, [where], () => {
      const { primaryKeys } = this.em.getMetadata(type);
      return this.em
        .createQueryBuilder(type, 'e')
        .select(primaryKeys as never)
        .where(where)
        .toQuery();
    });
  }

  /** A list of values of a column, as a table of each and its place from 0. */
  numbered(type: EntityClass<any>, property: string, values: readonly string[]): Query {
    const [columnType] = this.em.getMetadata(type).properties[property]!.columnTypes;
    const sql = `(select v, (i - 1)::int from unnest(?::${columnType}[]) with ordinality u (v, i))`;
    return { sql, params: [arrayOf(values)] };
  }

  metadata<T extends object>(type: EntityClass<T>): EntityMetadata<T> {
    return this.em.getMetadata(type);
  }

  columnType(type: EntityClass<any>, property: string): string {
    return this.em.getMetadata<any>(type).properties[property]!.columnTypes[0]!;
  }

  keyOf<T extends object>(type: EntityClass<T>): keyof T & string {
    return this.em.getMetadata(type).primaryKeys[0] as keyof T & string;
  }

  /** Makes a row of the table into an object of its class. */
  shape<T extends object>(type: EntityClass<T>): (row: SqlRow) => T {
    return shapeOf(this.em.getMetadata(type), this.em.getPlatform());
  }
}

/** Values that stand in a prepared statement as they are. Lists would make another text of each length; raw SQL is no value. */
const isPlain = (value: unknown) =>
  value === null || value instanceof Date || ['string', 'number', 'boolean'].includes(typeof value);

/** Each `?` becomes `$1`, `$2` …; undefined where one may be something else, an operator or a name, or what stands for a parameter stands there already. */
function numberedParameters(sql: string): string | undefined {
  if (/\\\?|\?\?|\$\d/.test(sql)) return undefined;
  let n = 0;
  return sql.replaceAll('?', () => `$${++n}`);
}

/** A list of texts as PostgreSQL writes an array. */
const arrayOf = (values: readonly string[]) => `{${values.map(value => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
