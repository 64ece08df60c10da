import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';
import { type DocumentNode, GraphQLError, Kind, visit } from 'graphql';
import { LostPlace } from './lost-part.ts';

/** In front of a name that a client gave a field, while the operation is planned and executed. */
const prefix = 'hubAlias__';

/** Names under which subgraphs answer what others ask them by: the fields of every key and every requirement, and the type. */
export function namesOfKeys(supergraphSdl: string): Set<string> {
  const sets = [...supergraphSdl.matchAll(/\b(?:key|requires|provides): "([^"]*)"/g)].flatMap(
    ([, fields]) => fields!.match(/\w+/g) ?? [],
  );
  return new Set(['__typename', ...sets]);
}

/**
 * Gives another name to each alias that is the name of a key. The planner asks for keys beside what the client asked and tells the two apart
 * by their names alone: with `id: creditCode` beside another subgraph's field one would take the other's place. Undefined where nothing is renamed.
 */
export function withOwnNames(document: DocumentNode, keys: ReadonlySet<string>): DocumentNode | undefined {
  let isRenamed = false;
  const renamed = visit(document, {
    [Kind.FIELD]: node => {
      const { alias, name } = node;
      if (!alias || alias.value === name.value || !(keys.has(alias.value) || alias.value.startsWith(prefix))) return undefined;
      isRenamed = true;
      return { ...node, alias: { ...alias, value: prefix + alias.value } };
    },
  });
  return isRenamed ? renamed : undefined;
}

/** The name the client gave. */
const clientName = <T extends string | number>(key: T): T =>
  typeof key === 'string' && key.startsWith(prefix) ? (key.slice(prefix.length) as T) : key;

/** A text that speaks of fields. */
const withoutOwnNames = (text: string): string => text.replaceAll(prefix, '');

/** An answer under the names the client gave. */
function withClientNames(value: unknown): any {
  if (Array.isArray(value)) return value.map(withClientNames);
  if (typeof value !== 'object' || value === null) return value;
  const named = Object.create(null);
  for (const [key, part] of Object.entries(value)) named[clientName(key)] = withClientNames(part);
  return named;
}

/** The whole answer under the names the client gave: data, and the places errors and notes speak of. */
export function underClientNames({ data, errors, extensions }: GatewayExecutionResult): GatewayExecutionResult {
  const named = (error: GraphQLError) => {
    const { message, path, extensions: more } = error;
    if (!path) return error;
    if (error instanceof LostPlace) return new LostPlace(error.reason, path.map(clientName), error.fetch);
    return new GraphQLError(withoutOwnNames(message), { path: path.map(clientName), extensions: more, originalError: error });
  };
  const notes = extensions?.valueCompletion;
  return {
    ...(errors && { errors: errors.map(named) }),
    ...(data !== undefined && { data: withClientNames(data) }),
    ...(extensions && { extensions: { ...extensions, ...(notes && { valueCompletion: notes.map(named) }) } }),
  };
}
