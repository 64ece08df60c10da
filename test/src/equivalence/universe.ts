import {
  type GraphQLLeafType,
  type GraphQLSchema,
  isEnumType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type SelectionNode,
} from 'graphql';
import { chance, choose } from './dice.ts';

/** A made-up object: what it is decides what its fields are, whichever subgraph is asked. */
export interface Thing {
  __typename: string;
  identity: string;
  /** Which of its entities it is; none for an object without a key. */
  number?: number;
  /** What the gateway said of it. */
  representation?: Record<string, unknown>;
}

const entitiesPerFamily = 6;

/** Everything there is in a federation: a few entities of each type, found by any of their keys. */
export class Universe {
  /** Concrete types by the interface whose key they share; a type with a key of its own is alone in its family. */
  readonly #families = new Map<string, string[]>();
  readonly #familyOf = new Map<string, string>();
  /** Leaves of keys, `Type.field`. */
  readonly #keys = new Set<string>();

  constructor(schemas: readonly GraphQLSchema[]) {
    const types = schemas.flatMap(schema => Object.values(schema.getTypeMap()).map(type => ({ schema, type })));
    for (const { schema, type } of types) {
      if (!isInterfaceType(type) || !this.#addKeys(type.name, type.astNode)) continue;
      const members = schema.getPossibleTypes(type).map(({ name }) => name);
      this.#families.set(type.name, members.sort());
      for (const name of [type.name, ...members]) this.#familyOf.set(name, type.name);
    }
    for (const { type } of types) {
      if (!isObjectType(type) || !this.#addKeys(type.name, type.astNode) || this.#familyOf.has(type.name)) continue;
      this.#families.set(type.name, [type.name]);
      this.#familyOf.set(type.name, type.name);
    }
  }

  /** The entity of that number; of its family under its concrete name, unless the asker knows only the interface. */
  entity(type: string, number: number): Thing {
    return { __typename: type, identity: `${this.#familyOf.get(type)}#${number}`, number };
  }

  /** An object of the type, decided by the words; of an entity type one of its entities. */
  some(type: string, ...words: unknown[]): Thing {
    const numbers = this.#numbers(type);
    return numbers.length
      ? this.entity(type, choose(numbers, 'entity', ...words))
      : { __typename: type, identity: words.join('/') };
  }

  /** The entity that the representation means, under its concrete type where the schema has it. */
  find(representation: Record<string, any>, schema: GraphQLSchema): Thing | null {
    const asked = String(representation.__typename);
    const number = this.#numbers(asked).find(each =>
      Object.keys(representation).some(
        field => this.#keys.has(`${asked}.${field}`) && same(representation[field], this.#key(asked, field, each)),
      ),
    );
    if (number === undefined) return null;
    const type = isInterfaceType(schema.getType(asked))
      ? this.#families.get(asked)![number % this.#families.get(asked)!.length]!
      : asked;
    return { ...this.entity(type, number), representation };
  }

  leaf(type: GraphQLLeafType, { __typename, identity, number }: Thing, field: string, ...words: unknown[]): unknown {
    if (number !== undefined && this.#keys.has(`${__typename}.${field}`)) return this.#key(__typename, field, number, type.name);
    const of = [identity, field, ...words];
    if (isEnumType(type)) return choose(type.getValues(), ...of).value;
    return choose(leaves[type.name] ?? leaves.String!, ...of)(chance('leaf', ...of));
  }

  #numbers(type: string): number[] {
    const family = this.#familyOf.get(type);
    if (!family) return [];
    const members = this.#families.get(family)!;
    const all = Array.from({ length: entitiesPerFamily }, (_, i) => i);
    return family === type ? all : all.filter(number => members[number % members.length] === type);
  }

  /** Each entity's own, also across the types of a family. */
  #key(type: string, field: string, number: number, leaf?: string): unknown {
    return leaf === 'Int' || leaf === 'Float' ? number : `${this.#familyOf.get(type)}.${field}.${number}`;
  }

  #addKeys(type: string, node: { directives?: readonly any[] } | null | undefined): boolean {
    const fields = (node?.directives ?? [])
      .filter(({ name }) => name.value === 'key')
      .map(({ arguments: given }) => given.find(({ name }: any) => name.value === 'fields').value.value as string);
    for (const name of fields.flatMap(leavesOf)) this.#keys.add(`${type}.${name}`);
    return fields.length > 0;
  }
}

const same = (given: unknown, key: unknown) => given === key || (typeof given === 'number' && String(key).endsWith(`.${given}`));

/** The leaves of a key's own object: those are its alone. */
const leavesOf = (fields: string) =>
  ((parse(`{ ${fields} }`).definitions[0] as any).selectionSet.selections as SelectionNode[]).flatMap(selection =>
    selection.kind === Kind.FIELD && !selection.selectionSet ? [selection.name.value] : [],
  );

const whole = (n: number) => Math.floor(n * 1000);
const leaves: Record<string, ((n: number) => unknown)[]> = {
  Int: [whole, n => -whole(n), () => 0],
  Float: [n => n * 100, whole, n => n * 1e-9],
  Boolean: [n => n < 0.5],
  ID: [n => `id-${whole(n)}`, n => String(whole(n))],
  String: [n => `text ${whole(n)}`, () => '', n => `名 "${whole(n)}" \\ \n é`, () => '__proto__'],
  DateTimeISO: [n => new Date(whole(n) * 1e9).toISOString()],
  LocalDate: [n => new Date(whole(n) * 1e9).toISOString().slice(0, 10)],
  JSON: [n => ({ a: [1, null, { b: n }], __typename: 'Free' }), n => [n, [], {}], whole, () => 'text', () => false],
  Json: [n => ({ a: [1, null, { b: n }] }), n => [[n], {}], whole, () => ''],
};
