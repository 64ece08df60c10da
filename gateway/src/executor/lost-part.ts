import type { FetchNode, ResponsePath } from '@apollo/query-planner';
import { HubError } from '@hub/kit/errors';
import { type FieldNode, GraphQLError, Kind, parse, type SelectionSetNode } from 'graphql';
import { placesAt } from './error-paths.ts';
import type { Row } from './merge.ts';

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
    keys ??= keysOf(node);
    const places = placesAt(path, root).flatMap(place => keys!.map(key => [...place, key]));
    if (places.length === 0) return [error];
    const fetch = {};
    return places.slice(0, mostPlaces).map(place => new LostPlace(error, place, fetch));
  };
}

/** The names under which what a fetch asks for stands in the answer. */
function keysOf({ operation, requires, outputRewrites = [] }: FetchNode): string[] {
  const [definition] = parse(operation, { noLocation: true }).definitions;
  const asked = (definition as { selectionSet: SelectionSetNode }).selectionSet;
  const selections = requires ? asked.selections.map(field => (field as FieldNode).selectionSet!) : [asked];
  const renamed = new Map(
    outputRewrites.map(rewrite => [rewrite.path.at(-1), 'renameKeyTo' in rewrite ? rewrite.renameKeyTo : undefined]),
  );
  return [...new Set(selections.flatMap(fieldsIn))].map(key => renamed.get(key) ?? key);
}

const fieldsIn = ({ selections }: SelectionSetNode): string[] =>
  selections.flatMap(selection => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsIn(selection.selectionSet);
    if (selection.kind !== Kind.FIELD || selection.name.value === '__typename') return [];
    return [(selection.alias ?? selection.name).value];
  });
