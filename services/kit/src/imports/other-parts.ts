import type { Context } from '../context.ts';
import { askPeer } from '../peer.ts';
import { chunks } from './chunks.ts';
import { fieldOf } from './field-of.ts';
import type { LaterWork } from './later-work.ts';
import type { Dependants } from './revert-import.ts';

/** Another subgraph whose rows name rows of this one: its name, and the prefix of its import operations. */
export interface BuiltUpon {
  name: string;
  prefix: string;
}

/** Ids sent to another part at a time. */
const atOnce = 5_000;

/** What stands in another part on rows of this one. A part that cannot be asked may hold some, so then nothing is taken back. */
export async function workElsewhere(
  { peers, authorization }: Context,
  part: BuiltUpon,
  made: { entity: string; ids: string[] }[],
): Promise<Dependants[]> {
  const query = `query ($entity: String!, $ids: [ID!]!) { work: ${fieldOf(part.prefix)}Dependants(entity: $entity, ids: $ids) { entity count imports byHand } }`;
  const works = new Map<string, Dependants>();
  for (const { entity, ids } of made) {
    for (const some of chunks(ids, atOnce)) {
      const { work } = await askPeer<{ work: LaterWork[] }>(peers[part.name], authorization, query, { entity, ids: some });
      for (const each of work) {
        const known = works.get(each.entity);
        works.set(each.entity, {
          part,
          entity: each.entity,
          count: (known?.count ?? 0) + each.count,
          imports: [...new Set([...(known?.imports ?? []), ...each.imports])],
          byHand: (known?.byHand ?? 0) + each.byHand,
        });
      }
    }
  }
  return [...works.values()];
}

/** Takes an import of another part back, as the caller. */
export async function revertThere({ peers, authorization }: Context, part: BuiltUpon, id: string, reason: string): Promise<void> {
  const document = `mutation ($input: RevertImport!) { revert${part.prefix}Import(input: $input) { state } }`;
  await askPeer(peers[part.name], authorization, document, { input: { id, reason, withDependants: true } });
}
