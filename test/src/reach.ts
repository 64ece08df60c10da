import { scopesAt } from '@hub/kit/needs-directive';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';

type Field = GraphQLField<unknown, unknown>;

/** A field on the way, and the type of a union's or a reference's members it goes on with. */
interface Step {
  parent: string;
  field: Field;
  on: string;
}

const someId = '00000000-0000-4000-8000-000000000000';
const must = ({ type, defaultValue }: GraphQLArgument) => isNonNullType(type) && defaultValue === undefined;

/** Any value that the type accepts. */
function someValue(type: GraphQLInputType): string {
  if (isNonNullType(type)) return someValue(type.ofType);
  if (isListType(type)) return '[]';
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const needed = Object.values(type.getFields()).filter(field => must(field as GraphQLArgument));
    return `{ ${needed.map(({ name, type: of }) => `${name}: ${someValue(of)}`).join(', ')} }`;
  }
  const values: Record<string, string> = { ID: `"${someId}"`, Int: '1', Float: '1', Boolean: 'true', LocalDate: '"2022-01-01"' };
  return values[type.name] ?? (type.name === 'DateTimeISO' ? '"2022-01-01T00:00:00Z"' : '"220102"');
}

/** What the values of `someValue` need themselves. */
function needsOfValue(type: GraphQLInputType): string[] {
  if (isNonNullType(type)) return needsOfValue(type.ofType);
  if (isEnumType(type)) return scopesAt(type.getValues()[0]!.astNode);
  if (!isInputObjectType(type)) return [];
  const needed = Object.values(type.getFields()).filter(field => must(field as GraphQLArgument));
  return needed.flatMap(field => [...scopesAt(field.astNode), ...needsOfValue(field.type)]);
}

/** What the arguments of `call` need besides the field. */
export const needsOfCall = ({ args }: Field): string[] => args.filter(must).flatMap(({ type }) => needsOfValue(type));

/** `name(arguments it cannot do without)`. */
export const call = ({ name, args }: Field, more: string[] = []): string => {
  const given = [...args.filter(must).map(each => `${each.name}: ${someValue(each.type)}`), ...more];
  return given.length ? `${name}(${given.join(', ')})` : name;
};

/** Answers a leaf as it is, and of anything else that it is there. */
export const ask = (field: Field, more: string[] = []): string =>
  call(field, more) + (isLeafType(getNamedType(field.type)) ? '' : ' { __typename }');

/** The shortest way from the roots of a schema to every object type, and operations that go it. */
export class Reach {
  private readonly ways = new Map<string, Step[]>();

  constructor(schema: GraphQLSchema) {
    const query = schema.getQueryType()!;
    this.ways.set(query.name, []);
    // References last: where a root leads, that is the way a client goes.
    for (const queue: GraphQLObjectType[] = [query]; queue.length; ) {
      const type = queue.shift()!;
      for (const field of Object.values(type.getFields())) {
        const to = getNamedType(field.type);
        for (const on of isUnionType(to) ? to.getTypes() : isObjectType(to) ? [to] : []) {
          if (this.ways.has(on.name) || on.name === '_Service') continue;
          this.ways.set(on.name, [...this.ways.get(type.name)!, { parent: type.name, field, on: on.name }]);
          queue.push(on);
        }
      }
    }
  }

  /** The fields that are asked on the way, as `Type.field`; undefined where no way leads. */
  on(type: string): string[] | undefined {
    return this.ways.get(type)?.map(({ parent, field }) => `${parent}.${field.name}`);
  }

  /** A query of the selection on the type. */
  query(type: string, selection: string): string {
    const inner = (this.ways.get(type) ?? []).reduceRight((inside, { field, on }) => {
      const references = field.name === '_entities' ? [`__typename: "${on}", id: "${someId}", code: "220102"`] : undefined;
      const called = references ? `_entities(representations: [{ ${references} }])` : call(field);
      return `${called} { ... on ${on} { ${inside} } }`;
    }, selection);
    return `{ ${inner} }`;
  }
}
