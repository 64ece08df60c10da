import type { GatewayExecutionResult, GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, GraphQLError } from 'graphql';
import type { Caller } from '../caller.ts';
import { somebody } from '../testing/market.ts';
import { coalesced } from './coalesce.ts';

const viewer = (...scopes: string[]) => ({ scopes: new Set(scopes) }) as unknown as Caller['viewer'];
const schema = buildSchema('type Query { a: Int }');

/** An executor whose answers wait until they are given. */
function waiting() {
  const asked: { caller: Caller; answer: (result: GatewayExecutionResult) => void; fail: (error: Error) => void }[] = [];
  const execute = coalesced(
    ({ context }) => new Promise((answer, fail) => void asked.push({ caller: context as Caller, answer, fail })),
  );
  const ask = (caller: Partial<Caller> = {}, context: object = {}) =>
    execute({
      request: { variables: {} },
      queryHash: 'q',
      operation: { operation: 'query' },
      schema,
      context: somebody({ viewer: viewer(), ...caller }),
      ...context,
    } as unknown as GatewayGraphQLRequestContext);
  return { asked, ask };
}

describe('identical reads under way at once', () => {
  it('are executed once, and each is told what that cost', async () => {
    const { asked, ask } = waiting();
    const sql = [{ statements: 0 }, { statements: 1 }];
    const answers = sql.map(each => ask({ sql: each }));
    asked[0]!.caller.sql.statements = 5;
    asked[0]!.answer({ data: { a: 1 } });
    expect(await Promise.all(answers)).toEqual([{ data: { a: 1 } }, { data: { a: 1 } }]);
    expect([asked.length, sql]).toEqual([1, [{ statements: 5 }, { statements: 6 }]]);
    void ask();
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['of another token', { authorization: 'Bearer other' }, {}],
    ['of another operation', {}, { queryHash: 'other' }],
    ['of another name', {}, { request: { operationName: 'B', variables: {} } }],
    ['with other variables', {}, { request: { variables: { a: 1 } } }],
    ['of another schema', {}, { schema: buildSchema('type Query { a: Int }') }],
    ['that change something', {}, { operation: { operation: 'mutation' } }],
  ])('are not those %s', (_, caller, context) => {
    const { asked, ask } = waiting();
    void ask();
    void ask(caller, context);
    expect(asked).toHaveLength(2);
  });

  it('of who may read personal fields are executed each, for the read log', () => {
    const { asked, ask } = waiting();
    void ask({ viewer: viewer('people:personal') });
    void ask({ viewer: viewer('people:personal') });
    expect(asked).toHaveLength(2);
  });

  it('are not joined after a change was answered that they may not have seen', async () => {
    const { asked, ask } = waiting();
    void ask();
    const change = ask({}, { operation: { operation: 'mutation' } });
    asked[1]!.answer({ data: {} });
    await change;
    void ask();
    expect(asked).toHaveLength(3);
  });

  it('ask for themselves where the first one fails', async () => {
    for (const fails of [true, false]) {
      const { asked, ask } = waiting();
      const [first, second] = [ask(), ask()];
      if (fails) asked[0]!.fail(new Error('down'));
      else asked[0]!.answer({ errors: [new GraphQLError('late')] });
      await first.catch(() => undefined);
      await new Promise(resolve => setImmediate(resolve));
      asked[1]!.answer({ data: { a: 2 } });
      expect(await second).toEqual({ data: { a: 2 } });
    }
  });

  it('go on while one of those who wait is there', async () => {
    const { asked, ask } = waiting();
    const callers = [new AbortController(), new AbortController()];
    for (const { signal } of callers) void ask({ departure: signal });
    const { departure } = asked[0]!.caller;
    callers[0]!.abort();
    expect(departure.aborted).toBe(false);
    callers[1]!.abort();
    expect(departure.aborted).toBe(true);
    void ask();
    expect(asked).toHaveLength(2);
  });
});
