import { describe, expect, it } from '@jest/globals';
import { type OperationDefinitionNode, parse } from 'graphql';
import { marketSdl } from '../testing/market.ts';
import { compileOperation } from './operation.ts';
import { planning } from './planning.ts';
import { subtypesOf } from './subtypes.ts';

const plans = planning(marketSdl);
const compile = (query: string) => {
  const document = parse(query);
  return compileOperation(
    plans,
    subtypesOf(plans.supergraphSchema),
    document,
    document.definitions[0] as OperationDefinitionNode,
  );
};

describe('a compiled operation', () => {
  it('knows the one fetch that answers it', () => {
    expect(compile('{ books { name size { width } } }').oneFetch?.serviceName).toBe('goods');
    expect(compile('{ books { name shelf } }').oneFetch).toBeUndefined();
    expect(compile('{ books { name } shelves }').oneFetch).toBeUndefined();
    expect(compile('{ __schema { queryType { name } } }').oneFetch).toBeUndefined();
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
