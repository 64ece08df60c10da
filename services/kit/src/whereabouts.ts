import { ArrayMaxSize, IsUUID } from 'class-validator';
import { ArgsType, Field, ID } from 'type-graphql';
import type { Context } from './context.ts';

/** Rows that may be asked for at once. */
export const mostWhereabouts = 500;

/** The field that answers where rows are, beside the feed that says where they go. */
export const whereaboutsOf = (feed: string) => feed.replace(/Changes$/, 'Whereabouts');

@ArgsType()
export class WhereaboutsArgs {
  @Field({ description: 'Kind of row, such as organisation (对象类型).' })
  entity!: string;

  @Field(() => [ID], { description: 'Which rows, 500 at most (对象标识).' })
  @IsUUID(undefined, { each: true })
  @ArrayMaxSize(mostWhereabouts)
  ids!: string[];
}

/** Where rows are by their last revision: null for what is elsewhere, nowhere, or was deleted. */
export async function whereabouts({ read }: Context, entity: string, ids: string[]): Promise<(string | null)[]> {
  const rows = await read.execute<{ id: string; action: string; division_code: string }>(
    `select distinct on (entity_id) entity_id as id, action, division_code from revision
     where entity = ? and entity_id = any (?::uuid[]) and action <> 'leave' order by entity_id, seq desc`,
    [entity, `{${ids.join(',')}}`],
  );
  const byId = new Map(rows.filter(({ action }) => action !== 'delete').map(row => [row.id, row.division_code]));
  return ids.map(id => byId.get(id.toLowerCase()) ?? null);
}
