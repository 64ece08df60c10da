import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import type { Reader } from '../read/reader.ts';
import { standingOn } from './standing.ts';

@Directive('@shareable')
@ObjectType({ description: 'Rows of one kind that stand on others, or were changed after them (后续数据).' })
export class LaterWork {
  @Field({ description: 'Kind of row, such as person (对象类型).' })
  entity!: string;

  @Field(() => Int, { description: 'How many rows, count (行数).' })
  count!: number;

  @Field(() => [ID], { description: 'Imports that brought or changed them, newest first (导入批次).' })
  imports!: string[];

  @Field(() => Int, { description: 'Of these, rows that no import brought, count (手工录入行数).' })
  byHand!: number;
}

interface Origin {
  entity: string;
  batch: string | null;
  rows: number;
  last: string;
}

/** Sums up by kind of row; the newest import first, since it is the first to be taken back. */
function summed(origins: Origin[]): LaterWork[] {
  const works = new Map<string, LaterWork>();
  for (const { entity, batch, rows } of origins.toSorted((a, b) => Number(b.last) - Number(a.last))) {
    const work = works.get(entity) ?? { entity, count: 0, imports: [], byHand: 0 };
    work.count += rows;
    if (batch) work.imports.push(batch);
    else work.byHand += rows;
    works.set(entity, work);
  }
  return [...works.values()];
}

/** What stands here on rows of another subgraph or of this one, and which imports brought it; rows of one import can be left out. */
export async function workOn(read: Reader, entity: string, ids: readonly string[], without?: string): Promise<LaterWork[]> {
  const origins: Origin[] = [];
  for (const [table, rows] of await standingOn(read, entity, ids)) {
    const brought = await read.execute<Omit<Origin, 'entity'>>(
      `select first.batch, count(*)::int as rows, coalesce(max(first.seq), 0)::text as last
       from jsonb_array_elements_text(?::jsonb) as r (id)
       left join lateral (select batch, seq from revision where entity = ? and entity_id = r.id::uuid and action = 'insert' order by seq desc limit 1) first on true
       where first.batch is null or first.batch is distinct from ?::uuid group by first.batch`,
      [JSON.stringify([...rows]), table, without ?? null],
    );
    origins.push(...brought.map(each => ({ entity: table, ...each })));
  }
  return summed(origins);
}

/** What changed rows of an import after it; of imports that were taken back nothing is left. */
export async function changedSince(read: Reader, id: string): Promise<LaterWork[]> {
  const origins = await read.execute<Origin>(
    `select later.entity, later.batch, count(distinct later.entity_id)::int as rows, max(later.seq)::text as last from revision mine
     join revision later on later.entity = mine.entity and later.entity_id = mine.entity_id and later.seq > mine.seq and later.batch is distinct from mine.batch
     where mine.batch = ? and not exists (select from import_batch b where b.id = later.batch and b.state = 'REVERTED')
     group by later.entity, later.batch`,
    [id],
  );
  return summed(origins);
}
