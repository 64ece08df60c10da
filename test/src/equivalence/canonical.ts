import { LostPlace } from '@hub/gateway/executor/lost-part';
import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import type { SentFetch } from './recorded-subgraphs.ts';

/** Text of a value that is the same for equal values, whatever the order of their keys. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, each) =>
    each && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  ) ?? 'undefined';

/** Parallel fetches end in any order, and so do their errors. */
export const asMultiset = (values: readonly unknown[] | undefined): string[] | undefined => values?.map(canonical).toSorted();

/**
 * As a client would read it; a fault that is no GraphQL error has a message at least. What JavaScript says of data that no plan foresaw
 * (a client's alias that takes a key's name) is in the words of whichever line met it first.
 */
export const formatted = (error: unknown): GraphQLFormattedError => {
  const { message, path, locations, extensions, originalError } = error as GraphQLError;
  const isSurprise = (originalError ?? (error as Error)).name === 'TypeError';
  return {
    message: isSurprise ? 'a TypeError' : message,
    ...(path && { path }),
    ...(locations && { locations }),
    ...(extensions && Object.keys(extensions).length > 0 && { extensions }),
  };
};

/** Apollo's executor tells of a part that gave no answer once and without a place; ours for each place that is null because of it. */
export const withoutPlacesOfLostParts = (errors: readonly unknown[]): unknown[] => [
  ...new Map(errors.map(error => (error instanceof LostPlace ? [error.fetch, error.reason] : [{}, error]))).values(),
];

/** A fetch that asks for an entity several times is the fetch that asks for it once. */
export const withoutRepeats = ({ subgraph, query, variables }: SentFetch): SentFetch => {
  const { representations, ...rest } = variables;
  const once = Array.isArray(representations) && [...new Set(representations.map(canonical))].toSorted();
  return { subgraph, query, variables: once ? { ...rest, representations: once } : rest };
};
