import { readdirSync, readFileSync } from 'node:fs';
import { sampleVariables } from '@hub/gateway/documents/sample-variables';
import { type GraphQLSchema, parse } from 'graphql';
import { comparison, dashboard } from '../journeys.ts';
import type { ClientOperation } from './generated-operation.ts';

/** From `src` and `dist` alike. */
const root = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** Every operation that is written down in the repository, by where it stands. */
export function repositoryOperations(schema: GraphQLSchema): [string, ClientOperation][] {
  const documents = readdirSync(new URL('gateway/documents/', root))
    .filter(file => file.endsWith('.graphql'))
    .map(file => [file, read(`gateway/documents/${file}`)] as const);
  const shown = [...read('README.md').matchAll(/```graphql\n(.*?)```/gs)].map(([, query], i) => [`README ${i}`, query!] as const);
  return [...documents, ...shown, ['the dashboard', dashboard] as const, ['the comparison', comparison] as const].map(
    ([name, query]) => [name, { query, variables: sampleVariables(schema, parse(query)) }],
  );
}
