import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  execute,
  type GraphQLError,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  responsePathAsArray,
} from 'graphql';
import { type Alteration, alter, alterationKinds } from './alteration.ts';
import { chance, choose } from './dice.ts';
import { fetchesIn } from './fetches-in.ts';
import type { Fate } from './trouble.ts';
import { type Thing, Universe } from './universe.ts';

export interface FakeAnswer {
  data?: Record<string, any> | null;
  errors?: readonly GraphQLError[];
}

/** Answers a GraphQL request of the gateway, as JSON. */
export type FakeSubgraph = (body: string, fate: Fate) => string;

interface Context {
  fate: Fate;
  alterations: Alteration[];
}

/** The subgraphs of a federation in this process: graphql-js over made-up data, each answer decided by its request alone. */
export function fakeSubgraphs(sdls: Record<string, string>): Record<string, FakeSubgraph> {
  const schemas = Object.entries(sdls).map(([name, sdl]) => [name, buildSubgraphSchema(parse(sdl))] as const);
  const universe = new Universe(schemas.map(([, schema]) => schema));
  return Object.fromEntries(schemas.map(([name, schema]) => [name, fakeSubgraph(name, schema, universe)]));
}

function fakeSubgraph(name: string, schema: GraphQLSchema, universe: Universe): FakeSubgraph {
  const entities = schema.getQueryType()!.getFields()._entities;
  if (entities) {
    entities.resolve = (_source, { representations }, { fate }: Context) =>
      (representations as Record<string, unknown>[]).map(representation => {
        const found = universe.find(representation, schema);
        if (!found || fate.strikes('entity', name, found.identity)) return null;
        return fate.strikes('error', name, found.identity) ? fault(name, found.identity) : found;
      });
  }
  const field = resolver(name, schema, universe);
  return (body, fate) => {
    const { query, variables, operationName } = JSON.parse(body);
    const strikes = fetchesIn({ query, variables }).some(fetch => fate.strikes('fetch', name, fetch.query));
    if (strikes) return JSON.stringify(failure(name, query));
    const context: Context = { fate, alterations: [] };
    const answer = execute({
      schema,
      document: parse(query),
      variableValues: variables,
      operationName,
      contextValue: context,
      rootValue: { __typename: 'root', identity: 'root' } satisfies Thing,
      fieldResolver: field,
      typeResolver: (thing: Thing) => thing.__typename,
    }) as FakeAnswer;
    for (const alteration of context.alterations) alter(answer.data, alteration);
    return JSON.stringify(answer);
  };
}

/** The value of any field: decided by whose field it is and with which arguments, and by what the gateway had to say of that object. */
const resolver =
  (subgraph: string, schema: GraphQLSchema, universe: Universe) =>
  (thing: Thing, args: object, { fate, alterations }: Context, info: GraphQLResolveInfo): unknown => {
    const words = [thing.identity, info.fieldName, JSON.stringify(args)];
    const happens = (kind: Parameters<Fate['strikes']>[0]) => fate.strikes(kind, subgraph, ...words);
    const path = () => responsePathAsArray(info.path);
    if (happens('error')) throw fault(subgraph, words.join());
    if (isNonNullType(info.returnType) ? happens('nonNull') : happens('null') || chance('null', ...words) < 0.04) return null;
    for (const kind of alterationKinds) if (happens(kind)) alterations.push({ kind, path: path(), word: words.join() });
    return value(getNullableType(info.returnType), words);

    function value(type: GraphQLOutputType, of: string[]): unknown {
      if (isNonNullType(type)) return value(type.ofType, of);
      if (isListType(type)) {
        return Array.from({ length: choose([0, 1, 2, 2, 2, 3, 3], 'length', ...of) }, (_, i) => {
          const each = [...of, String(i)];
          const isNull = !isNonNullType(type.ofType) && fate.strikes('element', subgraph, ...each);
          return isNull ? null : value(type.ofType, each);
        });
      }
      if (isLeafType(type)) return universe.leaf(type, thing, info.fieldName, ...of.slice(2), known(thing, info));
      if (isAbstractType(type)) return universe.some(choose(concrete(schema, type), 'type', ...of).name, ...of);
      return isCompositeType(type) ? universe.some(type.name, ...of) : undefined;
    }
  };

/** By name: their order in a schema is composition's. */
const concrete = (schema: GraphQLSchema, type: Parameters<GraphQLSchema['getPossibleTypes']>[0]): GraphQLObjectType[] =>
  schema
    .getPossibleTypes(type)
    .filter(isObjectType)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** What a field requires decides its value: a representation that lacks some of it is found out. */
function known({ representation }: Thing, { parentType, fieldName }: GraphQLResolveInfo): string {
  const { astNode } = parentType.getFields()[fieldName]!;
  return astNode?.directives?.some(({ name }) => name.value === 'requires') ? JSON.stringify(representation) : '';
}

/** Errors of every form: coded, uncoded, of a code that federation knows, with more than a code. */
function fault(...words: string[]): Error {
  const extensions = choose(
    [{ code: 'NOT_FOUND' }, undefined, { code: 'INVALID_GRAPHQL' }, { code: 'CONFLICT', retryable: false, nested: { a: [1] } }],
    'fault',
    ...words,
  );
  return Object.assign(new Error(`no luck with ${words.join()}`), extensions && { extensions });
}

/** Answers without data: errors that say nothing of where. */
const failure = (...words: string[]): object =>
  choose<object>(
    [
      { data: null, errors: [{ message: 'all is lost', extensions: { code: 'INTERNAL' } }] },
      { errors: [{ message: 'not understood', locations: [{ line: 1, column: 1 }], extensions: { code: 'INVALID_INPUT' } }] },
      { errors: [{ message: '' }, { message: 'twice', path: [] }] },
      { data: null },
      { data: {}, errors: [{ message: 'half', path: ['_entities'] }] },
      { data: { _entities: [] } },
      { data: null, errors: [{ message: 'out of reach', path: ['_entities', 99, 'name'] }] },
      { data: { _entities: null }, errors: [{ message: 'none of them', path: ['_entities'], extensions: null }] },
    ],
    'failure',
    ...words,
  );
