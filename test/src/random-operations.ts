import fc from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
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

/** Values that mean something in the data: also those of slices the viewer does not hold. */
export interface Vocabulary {
  ids: string[];
  divisions: string[];
  creditCodes: string[];
  /** What a search may ask for. */
  searches: string[];
}

/** Draws one of the choices. */
type Draw = <T>(choices: readonly T[]) => T;
const oneIn = (n: number) => Array.from({ length: n }, (_, i) => i === n - 1);

const maximumDepth = 5;
const leaves = new Set(['PageInfo', 'FieldChange']);

const cursor = (...values: unknown[]) => Buffer.from(JSON.stringify(values)).toString('base64url');

/** Values that try to be more than values: each must end in a coded refusal or in nothing. */
const hostile: Record<string, readonly unknown[]> = {
  Int: [-1, 0, 201, 2147483647],
  Float: [-1, 1e308],
  ID: ["' or true --", '00000000-0000-0000-0000-000000000000', '__proto__', '张'.repeat(300), ''],
  String: [
    '%',
    '_%\\',
    "'; set role hub_committee; --",
    '__proto__',
    '\u0000',
    '220',
    '000000',
    '99999999',
    cursor(),
    cursor('2022-01-01T00:00:00.000Z', "x' or true"),
    cursor({ $ne: null }, { $gt: '' }),
    cursor('zzzz', '00000000-0000-0000-0000-000000000000'),
    '0.0',
    '99999999999999999999.1',
    'x'.repeat(1_000),
  ],
  DateTimeISO: ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z', 'now()'],
  LocalDate: ['0001-01-01', '9999-12-31', '2022-02-30'],
};

/** Writes random queries from the schema itself: every root field, arguments that name real rows, paths through every type. */
export class QueryWriter {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly words: Vocabulary,
    private readonly draw: Draw,
  ) {}

  query(): string {
    const roots = Object.values(this.schema.getQueryType()!.getFields());
    const chosen = Array.from({ length: this.draw([1, 1, 2]) }, () => this.draw(roots));
    return `{ ${chosen.map((field, i) => `r${i}: ${this.field(field, 0)}`).join(' ')} }`;
  }

  private field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const given = field.args.flatMap(argument => this.argument(argument));
    const asked = given.length ? `(${given.join(', ')})` : '';
    return `${field.name}${asked}${this.selection(field.type, depth + 1)}`;
  }

  private selection(type: GraphQLOutputType, depth: number): string {
    const named = getNamedType(type);
    if (isLeafType(named)) return '';
    if (isUnionType(named))
      return ` { __typename ${named
        .getTypes()
        .map(each => `... on ${each.name}${this.object(each, depth, `u${each.name}`)}`)
        .join(' ')} }`;
    return isObjectType(named) ? this.object(named, depth) : ' { __typename }';
  }

  /** Leaves of a union's members may differ in nullability: an alias keeps them apart. */
  private object(type: GraphQLObjectType, depth: number, prefix = ''): string {
    const fields = Object.values(type.getFields());
    const needsNothing = (field: GraphQLField<unknown, unknown>) =>
      field.args.every(({ type: of, defaultValue }) => !isNonNullType(of) || defaultValue !== undefined);
    const scalars = fields
      .filter(field => isLeafType(getNamedType(field.type)) && needsNothing(field))
      .map(({ name }) => (prefix && name !== 'id' ? `${prefix}_${name}: ${name}` : name));
    const objects = fields.filter(field => !isLeafType(getNamedType(field.type)));
    const isConnection = type.name.endsWith('Connection') || type.name.endsWith('Edge');
    const deeper = depth >= maximumDepth || leaves.has(type.name) ? [] : isConnection ? objects : this.some(objects, 2);
    const nested = deeper.map(
      (field, i) => `${prefix}n${i}_${field.name}: ${this.field(field, isConnection ? depth : depth + 1)}`,
    );
    return ` { __typename ${[...scalars, ...nested].join(' ')} }`;
  }

  private some<T>(all: readonly T[], most: number): T[] {
    const count = Math.min(all.length, this.draw([0, 1, most]));
    return [...new Set(Array.from({ length: count }, () => this.draw(all)))];
  }

  private argument({ name, type, defaultValue }: GraphQLArgument): string[] {
    const required = isNonNullType(type) && defaultValue === undefined;
    const attacks = hostile[getNamedType(type).name];
    if (attacks && !isListType(type) && this.draw(oneIn(25))) return [`${name}: ${JSON.stringify(this.draw(attacks))}`];
    if (['after', 'before', 'last'].includes(name)) return [];
    if (name === 'first') return [`first: ${this.draw([1, 3, 10])}`];
    if (!required && this.draw([true, true, false])) return [];
    const value = this.value(type, name);
    return value === undefined ? [] : [`${name}: ${value}`];
  }

  private value(type: GraphQLInputType, name: string): string | undefined {
    if (isNonNullType(type)) return this.value(type.ofType, name);
    if (isListType(type)) return `[${this.value(type.ofType, name) ?? ''}]`;
    if (isEnumType(type)) return this.draw(type.getValues()).name;
    if (isInputObjectType(type)) {
      const chosen = this.some(Object.values(type.getFields()), 2).flatMap(field => {
        const value = this.value(field.type, field.name);
        return value === undefined ? [] : [`${field.name}: ${value}`];
      });
      return `{ ${chosen.join(', ')} }`;
    }
    if (type.name === 'ID') return JSON.stringify(this.draw(this.words.ids));
    if (type.name === 'Boolean') return this.draw(['true', 'false']);
    if (/^(code|division|parent)$/i.test(name)) return JSON.stringify(this.draw(this.words.divisions));
    if (name === 'creditCode') return JSON.stringify(this.draw(this.words.creditCodes));
    if (type.name === 'DateTimeISO') return JSON.stringify(new Date().toISOString());
    if (type.name === 'LocalDate') return JSON.stringify(this.draw(['2021-06-30', '2023-01-01', '2030-12-31']));
    if (type.name === 'String' && name === 'search') return JSON.stringify(this.draw(this.words.searches));
    return undefined;
  }
}

/** Queries by the number of the seed: the same seed writes the same query. */
export const queryArbitrary = (schema: GraphQLSchema, words: Vocabulary): fc.Arbitrary<string> =>
  fc.gen().map(gen => new QueryWriter(schema, words, choices => choices[gen(fc.nat, { max: choices.length - 1 })]!).query());
