import { createHash } from 'node:crypto';
import { type DocumentNode, print } from 'graphql';

/** The same for the same operation: neither its blanks and comments nor the order of keys in its variables make it another. */
export const operationHash = (document: DocumentNode, operationName: string | undefined, variables: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify([print(document), operationName ?? null, sorted(variables ?? {})]))
    .digest('hex');

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}
