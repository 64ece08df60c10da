import { describe, expect, it } from '@jest/globals';
import { type OperationDefinitionNode, parse } from 'graphql';
import { marketSdl, stands } from '../testing/market.ts';
import { compileOperation } from './operation.ts';
import { planning } from './planning.ts';
import { subtypesOf } from './subtypes.ts';

const plans = planning(marketSdl);
const { hub } = await stands({});
const compile = (query: string) => {
  const document = parse(query);
  return compileOperation(
    plans,
    subtypesOf(plans.supergraphSchema),
    hub.schema,
    document,
    document.definitions[0] as OperationDefinitionNode,
  );
};

describe('a compiled operation', () => {
  it.each([
    ['fields of objects', '{ books { name size { width height } extra } }'],
    ['other names', '{ all: books { called: name } }'],
    [
      'variables and fragments',
      'query ($id: ID!) { book(id: $id) { ...b sequel { ... on Book { binding } } } } fragment b on Book { id }',
    ],
    ['types of objects that are no root', '{ books { __typename } }'],
    ['a mutation', 'mutation { rename(id: 1, name: "x") { name } }'],
  ])('may be answered by the bytes of its one fetch: %s', (_, query) => {
    expect(compile(query).mayForward).toBe(true);
  });

  it.each([
    ['two subgraphs are asked', '{ books { name } shelves }'],
    ['an entity is asked for more', '{ books { name shelf } }'],
    ['nothing is asked but the schema', '{ __schema { queryType { name } } }'],
    ['the schema is asked, too', '{ books { name } __schema { queryType { name } } }'],
    ['the root is asked what it is', '{ __typename books { name } }'],
    ['a type decides what is there', '{ finds { ... on Book { name } } }'],
    ['an interface is asked', '{ goods { name } }'],
    ['something hangs on a condition', 'query ($a: Boolean!) { books { name @include(if: $a) } }'],
    ['a field is asked twice', '{ books { size { width } size { height } } }'],
    ['a field is asked twice alike', '{ books { name name } }'],
  ])('may not where %s', (_, query) => {
    expect(compile(query).mayForward).toBe(false);
  });

  it('keeps one shape for each combination of its conditions, a few at a time', () => {
    const operation = compile(
      'query ($a: Boolean!, $b: Boolean! = true) { shelves @skip(if: $a) again: shelves @include(if: $b) }',
    );
    const shape = operation.shape({ a: true });
    expect(operation.shape({ a: true, b: true, other: 1 })).toBe(shape);
    expect(operation.shape({ a: true, b: false })).not.toBe(shape);
    const plain = compile('query ($n: Int) { goods(first: $n) { name } }');
    expect(plain.shape({ n: 1 })).toBe(plain.shape({ n: 2 }));
  });
});
