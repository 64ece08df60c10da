import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { services } from './test-hub.ts';

type Service = (typeof services)[number];

/** The supergraph, with the directives that say who serves what. */
export const supergraph = buildSchema(readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8'), {
  assumeValidSDL: true,
});

/** The schema's object types, without those of federation and the roots. */
export const objectTypes: GraphQLObjectType[] = Object.values(supergraph.getTypeMap())
  .filter(isObjectType)
  .filter(({ name }) => !/^(_|join__|link__)/.test(name) && name !== 'Query' && name !== 'Mutation');

const isKeyed = ({ astNode }: GraphQLObjectType) =>
  astNode?.directives?.some(({ arguments: given = [] }) => given.some(({ name }) => name.value === 'key')) ?? false;

/** Types whose rows have an identity: a key of the federation, or an id. */
/** Its id is that of another type's row, which its rule keeps; it shows with the import of which it is part. */
const pointer = 'ImportCandidate';
export const rowTypes = objectTypes
  .filter(type => isKeyed(type) || type.getFields().id !== undefined)
  .map(({ name }) => name)
  .filter(name => name !== pointer);

/** A list of rows that is a root of the schema, and the subgraph that serves it. */
export interface RootList {
  type: string;
  field: string;
  service: Service;
}

const servedBy = ({ astNode }: GraphQLField<unknown, unknown>) => {
  const graph = astNode?.directives?.find(({ name }) => name.value === 'join__field')?.arguments?.[0]?.value;
  return (graph as { value: string }).value.toLowerCase() as Service;
};

export const rootLists: RootList[] = Object.values(supergraph.getQueryType()!.getFields()).flatMap(field => {
  const connection = getNamedType(field.type);
  const nodes = isObjectType(connection) ? connection.getFields().nodes : undefined;
  const type = nodes && getNamedType(nodes.type).name;
  return type && rowTypes.includes(type) ? [{ type, field: field.name, service: servedBy(field) }] : [];
});

/** A field of the type that tells something, without arguments. */
export const tellingField = (type: string): string =>
  Object.values((supergraph.getType(type) as GraphQLObjectType).getFields()).find(
    ({ name, type: of, args }) => name !== 'id' && args.length === 0 && isNonNullType(of) && isLeafType(getNamedType(of)),
  )!.name;
