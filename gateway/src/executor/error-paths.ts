import { ERRORS, errorCodeDef } from '@apollo/federation-internals';
import type { ResponsePath } from '@apollo/query-planner';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Row } from './merge.ts';

type Path = readonly (string | number)[];

/** Every place of the answer so far that a fetch's path leads to, as a client would name it. */
export function placesAt(path: ResponsePath, root: Row): Path[] {
  const places: Path[] = [];
  const walk = (value: any, depth: number, place: Path) => {
    if (value === null || value === undefined) return;
    const head = path[depth];
    if (head === undefined) places.push(place);
    else if (Array.isArray(value)) {
      for (const [i, element] of value.entries()) walk(element, head === '@' ? depth + 1 : depth, [...place, i]);
    } else if (head === '@') throw new Error('expected array when encountering `@`');
    else if (Object.hasOwn(value, head)) walk(value[head], depth + 1, [...place, head]);
  };
  walk(root, 0, []);
  return places;
}

/** An error of a subgraph as the client's own operation knows the place it happened at. */
export function downstreamError(error: GraphQLFormattedError, subgraph: string, path: Path | undefined): GraphQLError {
  const { extensions } = error;
  const message = error.message || `Error while fetching subquery from service "${subgraph}"`;
  const options = {
    originalError: error as Error & GraphQLFormattedError,
    path,
    extensions: { ...extensions, serviceName: subgraph },
  };
  const known = errorCodeDef(error as GraphQLError);
  if (!known && extensions?.code) return new GraphQLError(message, options);
  return (known ?? ERRORS.DOWNSTREAM_SERVICE_ERROR).err(message, options);
}

/**
 * The errors of an `_entities` fetch, as if every row had been sent: an entity that several rows share was asked about once,
 * and each of the rows has its error.
 */
export function errorsPerRow(
  errors: readonly GraphQLFormattedError[],
  places: readonly number[],
): readonly GraphQLFormattedError[] {
  const rowsOf = Map.groupBy(places.keys(), row => places[row]!);
  if (rowsOf.size === places.length) return errors;
  const expanded = errors.flatMap(error => {
    const [field, place, ...rest] = error?.path ?? [];
    const rows = typeof place === 'number' ? rowsOf.get(place) : undefined;
    return rows ? rows.map(row => ({ row, error: { ...error, path: [field!, row, ...rest] } })) : [{ row: -1, error }];
  });
  return expanded.sort((a, b) => a.row - b.row).map(({ error }) => error);
}
