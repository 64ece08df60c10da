import { Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { EntityClass, Opt, PolicyDef } from '@mikro-orm/postgresql';
import { isUUID } from 'class-validator';
import { Field, ID, ObjectType } from 'type-graphql';
import type { Context } from './context.ts';
import { HubError } from './errors.ts';
import { askPeer } from './peer.ts';
import { type Audiences, sliced } from './slice.ts';

/**
 * The local copy of another subgraph's row: that it exists, and in whose slice. Filled on first mention with the caller's own token
 * (what the caller cannot see, it cannot reference), kept true by following that subgraph's feed (follow.ts).
 */
@ObjectType()
@Index({ properties: ['id'], where: 'not compared' })
export abstract class Reference {
  @Field(() => ID, { description: 'Identifier, a UUID (标识).' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'text', index: true })
  divisionCode!: string;

  /** Compared with its owner since it was first mentioned (compare-copies.ts). */
  @Property({ type: 'boolean', default: false })
  compared: Opt<boolean> = false;
}

/** A reference type: its class, and the subgraph that owns the row. */
export interface ReferenceType<T extends Reference = Reference> {
  type: EntityClass<T>;
  owner: string;
  /** Root field of the owner that answers which of the rows have ended; the copy keeps it in a column `ended`. */
  ends?: string;
}

/** Another subgraph's row by its id alone, mentioned here or not: its owner says who may see it, row security keeps its lists. */
export const stub = <T extends { id: string }>(type: new () => T, id: string | null | undefined): T | null =>
  isUUID(id) ? Object.assign(new type(), { id }) : null;

/** Like other rows of a slice; the follower of the feed may move them. */
export const referenced = (audiences: Audiences): PolicyDef[] => [
  ...sliced(audiences),
  { name: 'follower', roles: ['hub_service'], using: 'true', check: 'true' },
];

interface Found {
  id: string;
  division: { code: string };
}

const batchSize = 500;

/** The rows of another subgraph that the caller may see, by a key of theirs (`id`, `creditCode`). */
async function askOwner(
  { peers, authorization }: Context,
  { type, owner }: ReferenceType,
  key: string,
  values: string[],
): Promise<(Found | null)[]> {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type.name} { id division { code } } } }`;
  const found: (Found | null)[] = [];
  for (let i = 0; i < values.length; i += batchSize) {
    const of = values.slice(i, i + batchSize).map(value => ({ __typename: type.name, [key]: value }));
    found.push(...(await askPeer<{ _entities: (Found | null)[] }>(peers[owner], authorization, query, { of }))._entities);
  }
  return found;
}

/** Makes the rows known here; answers them by the key given. Values without a row in the caller's slice are missing from the map. */
export async function mentionAll<T extends Reference>(
  context: Context,
  reference: ReferenceType<T>,
  values: readonly string[],
  key = 'id',
): Promise<Map<string, T>> {
  const { em } = context;
  const local = (ids: string[]) =>
    em.find(reference.type as EntityClass<Reference>, { id: { $in: ids } }) as Promise<Reference[]> as Promise<T[]>;
  const distinct = [...new Set(values)];
  const byKey = new Map<string, string>();
  if (key === 'id') for (const value of distinct) byKey.set(value, value);
  const known = key === 'id' ? await local(distinct) : [];
  const missing = distinct.filter(value => !known.some(({ id }) => id === value));
  if (missing.length > 0) {
    const answers = await askOwner(context, reference, key, missing);
    for (const [i, value] of missing.entries()) if (answers[i]) byKey.set(value, answers[i].id);
    const rows = answers.filter(answer => answer !== null).map(({ id, division }) => ({ id, division_code: division.code }));
    const table = em.getMetadata(reference.type).tableName;
    await em.execute(
      `insert into ${table} (id, division_code) select id, division_code from jsonb_to_recordset(?::jsonb) as r (id uuid, division_code text) on conflict (id) do nothing`,
      [JSON.stringify(rows)],
    );
  }
  const rows = await local([...byKey.values()]);
  const byId = new Map(rows.map(row => [row.id, row]));
  return new Map([...byKey].flatMap(([value, id]) => (byId.has(id) ? [[value, byId.get(id)!] as const] : [])));
}

/** One row of another subgraph, made known here; NOT_FOUND when the caller may not see it. */
export async function mention<T extends Reference>(context: Context, reference: ReferenceType<T>, id: string): Promise<T> {
  const row = (await mentionAll(context, reference, [id])).get(id);
  if (!row) throw new HubError('NOT_FOUND', `No such ${reference.type.name.toLowerCase()} in your slice.`);
  return row;
}
