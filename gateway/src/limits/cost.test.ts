import { describe, expect, it } from '@jest/globals';
import { buildSchema, getOperationAST, parse } from 'graphql';
import { costOf } from './cost.ts';
import { costTable } from './cost-table.ts';

const sdl = `
  directive @cost(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
  interface Named { name: String friends: [Town!] }
  type Town implements Named {
    name: String
    friends: [Town!]
    tags: [String!]
    streets(first: Int, last: Int): Streets! @listSize(assumedSize: 50, slicingArguments: ["first", "last"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)
    history: [Entry!]! @listSize(assumedSize: 4)
    figures: Figures @cost(weight: 10)
    heavy: Heavy
  }
  type Heavy @cost(weight: 7) { n: Int }
  type Figures { count: Int }
  type Entry { at: String }
  type Street { name: String town: Town }
  type Streets { nodes: [Street!]! edges: [Edge!]! totalCount: Int }
  type Edge { node: Street }
  input Page { size: Int, deep: Deep }
  input Deep { text: String @cost(weight: 3) }
  type Query {
    town(search: String @cost(weight: 5)): Town
    named: Named
    page(input: Page): [Town!] @listSize(slicingArguments: ["input.size"])
    changes(first: Int! = 200): Streets! @listSize(assumedSize: 50, slicingArguments: ["first"], sizedFields: ["nodes"], requireOneSlicingArgument: false)
  }
  type Mutation { rename(name: String): Town @cost(weight: 10) }
`;
const schema = buildSchema(sdl);
const table = costTable(sdl);

function cost(text: string, variables: Record<string, unknown> = {}): number {
  const document = parse(text);
  return costOf({ schema, document, operation: getOperationAST(document)!, variables }, table);
}

describe('the cost of an operation', () => {
  it('counts an alias as often as its field may stand in the answer', () => {
    const aliases = Array.from({ length: 199 }, (_, i) => `a${i}: name`).join(' ');
    expect(cost('{ town { name } }')).toBe(1);
    expect(cost('{ town { name: name } }')).toBe(1);
    expect(cost(`{ town { ${aliases} } }`)).toBe(200);
    expect(cost(`{ town { friends { ${aliases} } } }`)).toBe(1 + 10 * 200);
    expect(cost(`{ town { ...more } } fragment more on Town { ${aliases} }`)).toBe(200);
  });

  it.each([
    ['an object is 1, a scalar 0', '{ town { name } }', 1],
    ['a list that nobody sized is 10', '{ town { friends { name } } }', 11],
    ['a list of scalars is free', '{ town { tags } }', 1],
    ['a list is as long as assumed', '{ town { history { at } } }', 5],
    ['a field has its weight', '{ town { figures { count } } }', 11],
    ['a type has its weight', '{ town { heavy { n } } }', 8],
    ['an argument has its weight', '{ town(search: "x") { name } }', 6],
    ['an input field has its weight', '{ page(input: { size: 1, deep: { text: "x" } }) { name } }', 4],
    ['a connection without a size', '{ town { streets { nodes { name } } } }', 52],
    ['a connection of 3', '{ town { streets(first: 3) { nodes { name } } } }', 5],
    ['the larger of two sizes', '{ town { streets(first: 3, last: 7) { nodes { name } } } }', 9],
    ['nodes and edges, each', '{ town { streets(first: 3) { nodes { name } edges { node { name } } } } }', 11],
    [
      'a connection in a connection',
      '{ town { streets(first: 3) { nodes { town { streets(first: 2) { nodes { name } } } } } } }',
      17,
    ],
    [
      'sized fields of a fragment',
      '{ town { streets(first: 3) { ...F } } } fragment F on Streets { nodes { name } totalCount }',
      5,
    ],
    ['sizes do not reach below the sized field', '{ town { streets(first: 3) { totalCount } friends { name } } }', 12],
    ['the default of an argument', '{ changes { nodes { name } } }', 201],
    ['a size inside an input', '{ page(input: { size: 4 }) { name } }', 4],
    ['an interface', '{ named { friends { name } ... on Town { figures { count } } } }', 21],
    ['a mutation', 'mutation { rename { name } }', 20],
    ['what is skipped is free', '{ town { friends @skip(if: true) { name } history @include(if: false) { at } } }', 1],
    ['a negative size is none', '{ town { streets(first: -5) { nodes { name } } } }', 2],
    ['__typename is free', '{ __typename town { __typename } }', 1],
    ['the whole schema is a long answer', '{ __schema { types { name } } }', 5_000],
  ])('%s', (_name, text, expected) => expect(cost(text)).toBe(expected));

  it('takes variables and their defaults into account', () => {
    const text =
      'query($n: Int = 4, $no: Boolean!) { town { streets(first: $n) { nodes { name } } figures @skip(if: $no) { count } } }';
    expect([cost(text, { no: true }), cost(text, { no: false }), cost(text, { n: 100, no: true })]).toEqual([6, 16, 102]);
    expect(cost('query($page: Page) { page(input: $page) { name } }', { page: { size: 6 } })).toBe(6);
    expect(cost('query($n: Int) { town { streets(first: $n) { nodes { name } } } }')).toBe(52);
  });

  it('cannot be made a number that is not one', () => {
    const text = 'query($n: Int) { town { streets(first: $n) { nodes { name } } } }';
    for (const n of ['9', Number.NaN, {}, [], null, true]) expect(Number.isNaN(cost(text, { n }))).toBe(false);
  });
});
