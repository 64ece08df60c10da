import type { EntityClass, FilterQuery, QueryOrderMap } from '@mikro-orm/postgresql';
import { Max, Min } from 'class-validator';
import { ArgsType, type ClassType, Directive, Field, Int, ObjectType } from 'type-graphql';
import type { Context } from './context.ts';
import { beyond, Cursors, type CursorValue } from './cursor.ts';
import { HubError } from './errors.ts';
import { lazyTypes } from './lazy-types.ts';

export const maximumPage = 200;

/** Relay connection arguments: `first`/`after` forwards, `last`/`before` backwards. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: 'How many rows from the start, 0 to 200; 50 without first and last (前几条).',
  })
  @Min(0)
  @Max(maximumPage)
  first?: number;

  @Field(() => String, { nullable: true, description: 'Cursor of the row to start after (起始游标).' })
  after?: string;

  @Field(() => Int, { nullable: true, description: 'How many rows from the end, 0 to 200 (后几条).' })
  @Min(0)
  @Max(maximumPage)
  last?: number;

  @Field(() => String, { nullable: true, description: 'Cursor of the row to end before (结束游标).' })
  before?: string;
}

@ObjectType({ description: 'Where a page stands in its list (分页信息).' })
@Directive('@shareable')
export class PageInfo {
  @Field({ description: 'More rows follow (有下一页).' })
  hasNextPage!: boolean;
  @Field({ description: 'Rows precede (有上一页).' })
  hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true, description: 'Cursor of the first row (首条游标).' })
  startCursor?: string | null;
  @Field(() => String, { nullable: true, description: 'Cursor of the last row (末条游标).' })
  endCursor?: string | null;
}

export interface ListOptions<T extends object> {
  /** Tells its cursors from those of another list of the same class: several subgraphs have imports. */
  name?: string;
  page: PageArgs;
  /** Which rows belong to the parent, when it is a list of one, such as `{ organisation: id }`. Lists of many parents are loaded together. */
  of?: FilterQuery<T>;
  where: FilterQuery<T>;
  /** Property and direction, most significant first; never nullable. The primary key is added, so the order is total. */
  orderBy: Order<T>;
}
export type Order<T> = [property: keyof T & string, direction: 'asc' | 'desc'][];

/** One page of a list. Nothing is asked of the database before a field is read, and only what the fields read need. */
export class Page<T extends object> {
  private loaded?: Promise<{ rows: T[]; more: boolean }>;
  private readonly order: Order<T>;
  private readonly cursors: Cursors<T>;
  private readonly backwards: boolean;
  private readonly size: number;
  private readonly after?: CursorValue[];
  private readonly before?: CursorValue[];

  constructor(
    private readonly context: Context,
    private readonly type: EntityClass<T>,
    private readonly options: ListOptions<T>,
  ) {
    const { first, last } = options.page;
    if (first != null && last != null) throw new HubError('INVALID_INPUT', 'Give first or last, not both.');
    const key = context.read.keyOf(type);
    const unique = options.orderBy.some(([property]) => property === key);
    this.order = unique ? options.orderBy : [...options.orderBy, [key, options.orderBy.at(-1)?.[1] ?? 'asc']];
    this.cursors = new Cursors(context.read.metadata(type), this.order, [options.name, options.of ?? {}]);
    this.backwards = last != null;
    this.size = first ?? last ?? 50;
    // Judged before anything is asked for, whichever fields are read.
    const { after, before } = options.page;
    if (after != null) this.after = this.cursors.read('after', after);
    if (before != null) this.before = this.cursors.read('before', before);
  }

  get totalCount(): Promise<number> {
    return this.context.pages.count({ type: this.type, of: this.options.of, where: this.options.where, orderBy: [], limit: 0 });
  }

  get nodes(): Promise<T[]> {
    return this.load().then(({ rows }) => rows);
  }

  get edges(): Promise<{ node: T; cursor: string }[]> {
    return this.load().then(({ rows }) => rows.map(node => ({ node, cursor: this.cursor(node) })));
  }

  get pageInfo(): Promise<PageInfo> {
    return this.load().then(({ rows, more }) => ({
      hasNextPage: this.backwards ? this.options.page.before != null : more,
      hasPreviousPage: this.backwards ? more : this.options.page.after != null,
      startCursor: rows[0] ? this.cursor(rows[0]) : null,
      endCursor: rows.length ? this.cursor(rows.at(-1)!) : null,
    }));
  }

  private cursor(row: T) {
    return this.cursors.write(row);
  }

  private load() {
    this.loaded ??= this.fetch();
    return this.loaded;
  }

  private async fetch() {
    const { of, where } = this.options;
    const reversed: Order<T> = this.order.map(([property, direction]) => [property, direction === 'asc' ? 'desc' : 'asc']);
    const conditions = [
      where,
      ...(this.after ? [beyond(this.order, this.after)] : []),
      ...(this.before ? [beyond(reversed, this.before)] : []),
    ];
    const rows = await this.context.pages.load({
      type: this.type,
      of,
      where: (conditions.length === 1 ? where : { $and: conditions }) as FilterQuery<T>,
      orderBy: (this.backwards ? reversed : this.order).map(
        ([property, direction]) => ({ [property]: direction }) as QueryOrderMap<T>,
      ),
      limit: this.size + 1,
    });
    const kept = rows.slice(0, this.size);
    return { rows: this.backwards ? kept.reverse() : kept, more: rows.length > this.size };
  }
}

export const list = <T extends object>(context: Context, type: EntityClass<T>, options: ListOptions<T>) =>
  new Page(context, type, options);

/** The connection type of an object type: `nodes`, `edges`, `pageInfo`, `totalCount`. */
export function connectionOf<T extends object>(type: ClassType<T>, name = type.name): ClassType<Page<T>> {
  // Shareable: a page has no identity, any subgraph may answer one.
  @Directive('@shareable')
  @ObjectType(`${name}Edge`, { description: `A ${name} and its cursor (列表项).` })
  class Edge {
    @Field(() => type, { description: 'The row (数据).' })
    node!: T;
    @Field({ description: 'Its place in the list (游标).' })
    cursor!: string;
  }

  @Directive('@shareable')
  @ObjectType(`${name}Connection`, { description: `A page of ${name} rows (分页列表).` })
  class Connection {
    @Field(() => [type], { description: 'The rows of the page (本页数据).' })
    nodes!: T[];
    @Field(() => [Edge], { description: 'The rows with their cursors (带游标的数据).' })
    edges!: Edge[];
    @Field({ description: 'Where the page stands (分页信息).' })
    pageInfo!: PageInfo;
    @Field(() => Int, { description: 'Rows of the whole list in your slice, count (总数).' })
    totalCount!: number;
  }
  lazyTypes.add(Connection);
  return Connection as unknown as ClassType<Page<T>>;
}
