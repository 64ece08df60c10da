import { makeExecutableSchema } from '@graphql-tools/schema';
import { describe, expect, it } from '@jest/globals';
import { execute, parse } from 'graphql';
import { CompiledQueries, isWhole } from './compiled-queries.ts';

const later = <T>(value: T) => new Promise<T>(resolve => setImmediate(() => resolve(value)));
const rows = Array.from({ length: 50 }, (_, i) => ({ __typename: i % 2 ? 'Cat' : 'Dog', id: i, name: i % 7 ? `名${i}` : null }));

const schema = makeExecutableSchema({
  typeDefs: `
    scalar Any
    interface Pet { id: ID! name: String }
    type Cat implements Pet { id: ID! name: String lives: Int! }
    type Dog implements Pet { id: ID! name: String friends: [Pet!]! }
    input Which { most: Int, name: String }
    type Page { nodes: [Pet!]! totalCount: Int! }
    type Query { pets(where: Which): Page! echo(value: Any): Any broken: String! fragile: [Int] }
    type Mutation { bump: Int! }`,
  resolvers: {
    Query: {
      pets: (_, { where }) => ({ shown: rows.slice(0, where?.most ?? 50) }),
      echo: (_, { value }) => value,
      broken: () => Promise.reject(new Error('broken')),
      fragile: () => [later(1), Promise.reject(new Error('no')), 3],
    },
    Page: { nodes: ({ shown }) => later(shown.map((row: object) => later(row))), totalCount: ({ shown }) => later(shown.length) },
    Cat: { lives: ({ id }) => later(id === 3 ? 9 : 7) },
    Dog: { friends: ({ id }) => rows.slice(0, id % 5) },
    Mutation: { bump: () => 1 },
  },
});

async function bothWays(text: string, variableValues: Record<string, unknown> = {}) {
  const document = parse(text);
  const compiled = new CompiledQueries(schema);
  expect(compiled.for(document)).toBeUndefined();
  const fast = compiled.for(document);
  const plain = JSON.parse(JSON.stringify(await execute({ schema, document, variableValues })));
  return { plain, fast: fast && JSON.parse(JSON.stringify(await fast(undefined, {}, variableValues))) };
}

describe('a compiled query', () => {
  it.each([
    [
      'lists, promises, interfaces and fragments',
      '{ pets { totalCount nodes { __typename id name ...F ... on Dog { friends { id } } } } } fragment F on Cat { lives }',
      {},
    ],
    [
      'aliases, skip and include',
      'query ($no: Boolean!) { a: pets { n: totalCount @skip(if: $no) } pets { nodes { i: id name @include(if: $no) } } }',
      { no: true },
    ],
    ['input objects with variables and defaults', 'query ($most: Int = 3) { pets(where: { most: $most }) { nodes { id } } }', {}],
    ['scalars given as a whole', 'query ($v: Any) { echo(value: $v) }', { v: { a: [1, null] } }],
  ])('answers as graphql-js does: %s', async (_, text, variables) => {
    const { plain, fast } = await bothWays(text, variables);
    expect(fast).toEqual(plain);
    expect(JSON.stringify(fast)).toBe(JSON.stringify(plain));
  });

  it.each([
    ['of a broken field', '{ broken }'],
    ['of one in a list', '{ fragile }'],
    ['of a bad variable', 'query ($most: Int) { pets(where: { most: $most }) { totalCount } }'],
  ])('says that its answer is not whole, so that graphql-js answers: %s', async (_, text) => {
    const { plain, fast } = await bothWays(text, { most: 'many' });
    expect([isWhole(plain), isWhole(fast)]).toEqual([false, false]);
  });

  it('is none where graphql-jit would forget a variable, and of a mutation', async () => {
    expect((await bothWays('query ($v: Int) { echo(value: { v: $v }) }', { v: 1 })).fast).toBeUndefined();
    expect((await bothWays('mutation { bump }')).fast).toBeUndefined();
  });
});
