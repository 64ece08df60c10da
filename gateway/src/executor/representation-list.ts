import type { Row } from './merge.ts';
import type { Represent } from './representations.ts';
import type { Rewrite } from './rewrites.ts';

/** What one fetch asks about. */
export interface RepresentationList {
  /** Serialised representations, each once. */
  sent: string[];
  /** The rows that have a representation, in order. */
  rows: Row[];
  /** Of each of these rows: which of those sent is its own. */
  places: number[];
}

/**
 * A list of rows often names the same few entities (the divisions of a thousand organisations): each is asked about once.
 * Rows are told apart before the rewrites, which may give two types one name.
 */
export function representationList(
  entities: readonly Row[],
  represent: Represent,
  rewrite: Rewrite | undefined,
): RepresentationList {
  const list: RepresentationList = { sent: [], rows: [], places: [] };
  const placeOf = new Map<string, number>();
  for (const row of entities) {
    const representation = represent(row);
    if (!representation?.__typename) continue;
    const text = JSON.stringify(representation);
    let place = placeOf.get(text);
    if (place === undefined) {
      place = list.sent.length;
      placeOf.set(text, place);
      rewrite?.(representation);
      list.sent.push(rewrite ? JSON.stringify(representation) : text);
    }
    list.rows.push(row);
    list.places.push(place);
  }
  return list;
}
