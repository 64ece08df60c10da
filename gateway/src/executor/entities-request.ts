import type { FetchNode } from '@apollo/query-planner';
import { Lru } from '@hub/kit/lru';
import { type DocumentNode, Kind, type OperationDefinitionNode, parse, print, stripIgnoredCharacters } from 'graphql';
import { compileBody, type RequestBody, representations } from './request-body.ts';

/** The request of one `_entities` fetch, and what it takes to ask it together with others. */
export interface EntitiesRequest {
  subgraph: string;
  bodyOf: RequestBody;
  /** Absent where it has to be asked alone. */
  shareable?: Shareable;
  /** Requests that begin with this one, by the numbers of the others. */
  shared: Lru<string, SharedRequest>;
}

interface Shareable {
  /** Tells it from every other. */
  number: number;
  operationName: string | undefined;
  /** Of the client's variables: `$name:Type` by name. */
  variables: Map<string, string>;
  /** What is asked of each entity. */
  selection: string;
}

/** Several `_entities` fetches as one request, and under which names their answers come. */
export interface SharedRequest {
  bodyOf: RequestBody;
  names: string[];
}

/** Other sets of fetches that meet belong to other turns of the network: few. */
const mostShared = 20;
let last = 0;

export function entitiesRequest(node: FetchNode): EntitiesRequest {
  const shareable = shareableParts(node);
  return {
    subgraph: node.serviceName,
    bodyOf: compileBody(node),
    ...(shareable && { shareable }),
    shared: new Lru(mostShared),
  };
}

/** A document that is more than `query(…){_entities(representations:$representations){…}}` is asked as it is. */
function shareableParts({ operation, operationName, variableUsages }: FetchNode): Shareable | undefined {
  // A client's own variable could be taken for one of the lists.
  if (variableUsages?.some(name => name.startsWith(representations))) return undefined;
  const { definitions }: DocumentNode = parse(operation, { noLocation: true });
  const query = definitions[0] as OperationDefinitionNode;
  const [field, ...more] = query.selectionSet.selections;
  const isPlain = definitions.length === 1 && more.length === 0 && !query.directives?.length;
  if (!isPlain || field?.kind !== Kind.FIELD || field.alias || !field.selectionSet) return undefined;
  const variables = new Map<string, string>();
  for (const definition of query.variableDefinitions ?? []) {
    const { value } = definition.variable.name;
    if (value !== representations) variables.set(value, stripIgnoredCharacters(print(definition)));
  }
  return { number: ++last, operationName, variables, selection: stripIgnoredCharacters(print(field.selectionSet)) };
}

/** One request for all of them, in their order; each of them has to be shareable. */
export function sharedRequest(requests: readonly EntitiesRequest[]): SharedRequest {
  const [first] = requests;
  const parts = requests.map(({ shareable }) => shareable!);
  const key = parts.map(({ number }) => number).join();
  let shared = first!.shared.get(key);
  if (!shared) {
    shared = compileShared(parts);
    first!.shared.set(key, shared);
  }
  return shared;
}

function compileShared(parts: readonly Shareable[]): SharedRequest {
  const { operationName } = parts[0]!;
  const variables = new Map(parts.flatMap(part => [...part.variables]));
  const names = parts.map((_, i) => `entities${i}`);
  const lists = parts.map((_, i) => `${representations}${i}`);
  const definitions = [...lists.map(list => `$${list}:[_Any!]!`), ...variables.values()];
  const fields = parts.map(({ selection }, i) => `${names[i]}:_entities(${representations}:$${lists[i]})${selection}`);
  const operation = `query ${operationName ?? ''}(${definitions.join(' ')}){${fields.join(' ')}}`;
  const variableUsages = [...variables.keys()];
  return { names, bodyOf: compileBody({ operation, operationName, variableUsages }, lists) };
}
