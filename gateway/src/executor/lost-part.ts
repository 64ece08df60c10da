import type { FetchNode, ResponsePath } from '@apollo/query-planner';
import { HubError } from '@hub/kit/errors';
import { GraphQLError } from 'graphql';
import { placesAt } from './error-paths.ts';
import type { Row } from './merge.ts';
import { responseKeys } from './response-keys.ts';

/** Places an error is told for; the others of a long list have gone the same way. */
const mostPlaces = 20;

/** One of the places that are null because a fetch got no answer. */
export class LostPlace extends GraphQLError {
  constructor(
    readonly reason: HubError,
    path: readonly (string | number)[],
    /** The same for all places of one fetch. */
    readonly fetch: object,
  ) {
    super(reason.message, { path, originalError: reason, extensions: reason.extensions });
  }
}

/** The errors of a fetch that got no answer: one for each place that is null because of it, so that a client knows what is missing. */
export type LostPart = (error: unknown, root: Row) => unknown[];

export function compileLostPart(node: FetchNode, path: ResponsePath): LostPart {
  let keys: string[] | undefined;
  return (error, root) => {
    if (!(error instanceof HubError)) return [error];
    keys ??= responseKeys(node);
    const places = placesAt(path, root).flatMap(place => keys!.map(key => [...place, key]));
    if (places.length === 0) return [error];
    const fetch = {};
    return places.slice(0, mostPlaces).map(place => new LostPlace(error, place, fetch));
  };
}
