import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, imaginedHub } from '../testing/imagined-hub.ts';
import { askStand, type Market, somebody, stands } from '../testing/market.ts';
import { bearer } from '../testing/tokens.ts';
import { AnswerBytes } from './answer-bytes.ts';

/** Each is 100,000 characters. */
const texts = (count: number) => `{ ${Array.from({ length: count }, (_, i) => `a${i}: trouble(kind: "text")`).join(' ')} }`;

describe.each(['hub', 'apollo'] as const)('what an answer weighs, by the executor %s', executor => {
  let hub: Awaited<ReturnType<typeof imaginedHub>>;
  let authorization: string;
  beforeAll(async () => {
    hub = await imaginedHub({ executor, limits: { answerBytes: 300_000 } });
    authorization = await bearer();
  });
  afterAll(() => hub.stop());

  it('is charged, a point for each KB, whether the operation is known or not', async () => {
    for (const time of ['first', 'second']) {
      const { data, extensions } = (await ask(hub.url, texts(2), { authorization })) as any;
      expect([time, data.a1.length]).toEqual([time, 100_000]);
      // Two fields by aliases, and 195 KB.
      expect([time, extensions.cost.operation]).toEqual([time, 2 + 195]);
    }
  });

  it('is bounded, whether the operation is known or not', async () => {
    for (const time of ['first', 'second']) {
      const { data, errors } = await ask(hub.url, texts(4), { authorization });
      expect([time, errors?.[0].extensions]).toMatchObject([time, { code: 'LIMIT_EXCEEDED', reason: 'ANSWER' }]);
      expect(JSON.stringify(data ?? null).length).toBeLessThan(100);
    }
    // It says nothing of the subgraph: nobody is refused for it.
    for (let i = 0; i < 6; i++) await ask(hub.url, texts(4), { authorization });
    expect((await ask(hub.url, texts(1), { authorization })).data.a0.length).toBe(100_000);
  });
});

it('an entity that came once and stands in the answer many times weighs as often', async () => {
  const seller = { __typename: 'Seller', country: { code: 'cn' }, number: 1 };
  const books = Array.from({ length: 50 }, (_, i) => ({ __typename: 'Book', id: `b${i}` }));
  const market: Market = {
    goods: () => ({ data: { books } }),
    store: ({ variables }) => ({ data: { _entities: variables.representations.map(() => ({ __typename: 'Book', seller })) } }),
    sellers: () => ({ data: { _entities: [{ __typename: 'Seller', motto: 'x'.repeat(1_000) }] } }),
  };
  const { hub } = await stands(market);
  const answer = async (most: number) => {
    const bytes = new AnswerBytes(most);
    // What the three of them sent.
    bytes.take(8_000);
    return askStand(hub, '{ books { seller { motto } } }', {}, { caller: somebody({ bytes }) });
  };
  expect(((await answer(60_000)).data as any).books).toHaveLength(50);
  expect((await answer(20_000)).errors?.[0]?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', reason: 'ANSWER' });
});
