import { HubError } from '@hub/kit/errors';
import { describe, expect, it } from '@jest/globals';
import { type Asked, askMarket, askStand, type Market, stands } from '../testing/market.ts';

type Entity = Record<string, any>;
const book = (id: string, rest: object = {}) => ({ __typename: 'Book', id, ...rest });
const seller = (number: number) => ({ __typename: 'Seller', country: { code: 'CN' }, number });
/** A subgraph that answers each entity it is asked about. */
const entities =
  (answer: (entity: Entity) => object | null) =>
  ({ variables }: Asked) => ({ data: { _entities: variables.representations.map(answer) } });

describe('entities', () => {
  it('are asked about by nested and composite keys, and by what their fields require', async () => {
    const size = { width: 2, height: 3 };
    const market: Market = {
      goods: () => ({
        data: {
          books: [book('1', { name: 'A', size, sizes: [size, { width: 4 }] }), book('2', { name: 'B', size, sizes: null })],
        },
      }),
      store: entities(({ id, size, sizes }) => ({
        shelf: `${id}: ${size.width}x${size.height}`,
        crates: sizes?.length,
        seller: seller(Number(id)),
      })),
      sellers: entities(({ country, number }) => ({ name: `${country.code}${number}` })),
    };
    expect((await askMarket(market, '{ books { name shelf crates seller { name } } }')).data.books).toEqual([
      { name: 'A', shelf: '1: 2x3', crates: 2, seller: { name: 'CN1' } },
      { name: 'B', shelf: '2: 2x3', crates: null, seller: { name: 'CN2' } },
    ]);
  });

  it('are asked about once, and answer each row that is one of them', async () => {
    const market: Market = {
      goods: () => ({ data: { books: ['1', '2', '1', '1'].map(id => book(id)) } }),
      store: entities(({ id }) => ({ seller: seller(Number(id)) })),
      sellers: entities(({ number }) => ({ name: `N${number}` })),
    };
    const query = '{ books { id seller { name } } }';
    expect((await askMarket(market, query)).data.books.map(({ id, seller }: any) => id + seller.name)).toEqual([
      '1N1',
      '2N2',
      '1N1',
      '1N1',
    ]);
    const { hub } = await stands(market);
    await askStand(hub, query);
    expect(hub.sent.slice(1).map(({ asked }) => asked.variables.representations.length)).toEqual([2, 2]);
  });

  it('are not asked about where nothing of them is known', async () => {
    const market: Market = {
      goods: () => ({ data: { books: [{ __typename: 'Book' }, { __typename: 'Book', id: null }] } }),
      store: entities(() => null),
    };
    const { hub } = await stands(market);
    await askStand(hub, '{ books { seller { number } } }');
    expect(hub.sent.map(({ subgraph, asked }) => [subgraph, asked.variables.representations])).toEqual([
      ['goods', undefined],
      ['store', [{ __typename: 'Book', id: null }]],
    ]);
    expect(await askMarket({ goods: () => ({ data: { books: [] } }) }, '{ books { seller { number } } }')).toEqual({
      data: { books: [] },
    });
  });

  it('that a subgraph does not know leave the rest of the row', async () => {
    const market: Market = {
      goods: () => ({ data: { books: [book('1'), book('2')] } }),
      store: entities(({ id }) => (id === '1' ? null : { seller: seller(2) })),
    };
    expect((await askMarket(market, '{ books { id seller { number } } }')).data.books).toEqual([
      { id: '1', seller: null },
      { id: '2', seller: { number: 2 } },
    ]);
  });

  it('are told apart by type where a subgraph knows only their interface', async () => {
    const market: Market = {
      goods: () => ({ data: { goods: [book('1'), { __typename: 'Tool', id: '1' }] } }),
      ratings: entities(({ __typename, id }) => ({ stars: __typename === 'Good' ? Number(id) : -1 })),
    };
    expect((await askMarket(market, '{ goods { __typename stars } }')).data.goods).toEqual([
      { __typename: 'Book', stars: 1 },
      { __typename: 'Tool', stars: 1 },
    ]);
    const { hub } = await stands(market);
    await askStand(hub, '{ goods { stars } }');
    expect(hub.sent[1]!.asked.variables.representations).toEqual([
      { __typename: 'Good', id: '1' },
      { __typename: 'Good', id: '1' },
    ]);
  });

  it('learn their type from the subgraph that knows it', async () => {
    const market: Market = {
      ratings: () => ({
        data: {
          best: [
            { __typename: 'Good', id: '1', stars: 5 },
            { __typename: 'Good', id: '2', stars: 4 },
          ],
        },
      }),
      goods: entities(({ id }) =>
        id === '1' ? { __typename: 'Book', name: 'Mo', title: 'T' } : { __typename: 'Tool', name: 'Saw' },
      ),
    };
    expect((await askMarket(market, '{ best { __typename name stars ... on Book { title } } }')).data.best).toEqual([
      { __typename: 'Book', name: 'Mo', stars: 5, title: 'T' },
      { __typename: 'Tool', name: 'Saw', stars: 4 },
    ]);
  });

  it('of two types may answer one field under two names', async () => {
    const market: Market = {
      goods: () => ({ data: { goods: [book('1'), { __typename: 'Tool', id: '2' }] } }),
      store: entities(({ __typename, id }) => ({ __typename, [__typename === 'Book' ? 'code' : 'code__alias_0']: `c${id}` })),
    };
    const { hub } = await stands(market);
    await askStand(hub, '{ goods { code } }');
    expect(hub.sent[1]!.asked.query).toContain('code__alias_0:code');
    expect((await askMarket(market, '{ goods { code } }')).data.goods).toEqual([{ code: 'c1' }, { code: 'c2' }]);
  });
});

describe('an error of a subgraph', () => {
  const sequels = {
    goods: () => ({
      data: { books: [book('9', { sequel: null }), book('1', { sequel: book('3') }), book('2', { sequel: book('3') })] },
    }),
  };

  it('stands at the rows it is about, in the words of the client', async () => {
    const market: Market = {
      ...sequels,
      store: ({ variables }) => ({
        data: { _entities: variables.representations.map(() => ({ seller: null })) },
        errors: variables.representations.map((_: unknown, i: number) => ({
          message: 'No such seller.',
          path: ['_entities', i, 'seller', 'number'],
          extensions: { code: 'NOT_FOUND' },
        })),
      }),
    };
    const { data, errors } = await askMarket(market, '{ books { sequel { seller { number } } } }');
    expect(data.books).toHaveLength(3);
    expect(errors).toEqual(
      [1, 2].map(row => ({
        message: 'No such seller.',
        path: ['books', row, 'sequel', 'seller', 'number'],
        extensions: { code: 'NOT_FOUND', serviceName: 'store' },
      })),
    );
  });

  it('of a root field keeps its path, and gets a code and words where it has none', async () => {
    const errors = [
      { message: '', path: ['book', 'name'] },
      { message: 'Too much', extensions: { code: 'LIMIT_EXCEEDED' } },
    ];
    const market: Market = { goods: () => ({ data: { book: null }, errors }) };
    expect(await askMarket(market, '{ book(id: "1") { name } }')).toEqual({
      data: { book: null },
      errors: [
        {
          message: 'Error while fetching subquery from service "goods"',
          path: ['book', 'name'],
          extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', serviceName: 'goods' },
        },
        { message: 'Too much', extensions: { code: 'LIMIT_EXCEEDED', serviceName: 'goods' } },
      ],
    });
  });

  it('takes the place of the notes on what is missing', async () => {
    const market: Market = { goods: () => ({ data: { strict: null }, errors: [{ message: 'Down', path: ['strict'] }] }) };
    const answer = await askMarket(market, '{ strict { id } }');
    expect([answer.data, answer.errors.length, answer.extensions]).toEqual([null, 1, undefined]);
  });

  it('leaves what the other subgraphs answered', async () => {
    const market: Market = {
      ...sequels,
      store: async () => {
        throw new Error('Down');
      },
    };
    const { data, errors } = await askMarket(market, '{ books { id seller { number } } shelves }');
    expect([data.books[0], data.shelves, errors.length]).toEqual([{ id: '9', seller: null }, null, 2]);
  });

  it('is made where a subgraph answers other entities than were asked about', async () => {
    const asked = '{ books { seller { number } } }';
    const { hub } = await stands({ ...sequels, store: () => ({ data: { _entities: [null] } }) });
    expect((await askStand(hub, asked)).errors?.map(({ message }) => message)).toEqual([
      'Expected "data._entities" to contain 3 elements',
    ]);
    const { hub: other } = await stands({ ...sequels, store: () => ({ data: { _entities: 3 as never } }) });
    expect((await askStand(other, asked)).errors).toHaveLength(1);
  });
});

describe('a part that gives no answer', () => {
  const away = () => {
    throw new HubError('UNAVAILABLE', 'The part is not reachable.');
  };

  it('is told at each place that is null because of it', async () => {
    const { hub } = await stands({
      goods: () => ({
        data: { books: [1, 2].map(id => ({ __typename: 'Book', id: String(id), size: { width: 1, height: 2 } })) },
      }),
      store: away,
      sellers: away,
    });
    const { data, errors } = await askStand(hub, '{ books { id code: shelf } shelves merchants: sellers { number } }');
    expect(data).toEqual({
      books: [
        { id: '1', code: null },
        { id: '2', code: null },
      ],
      shelves: null,
      merchants: null,
    });
    const told = errors!.map(({ path, extensions }) => [path?.join('.'), extensions.code]);
    expect(told.toSorted()).toEqual([
      ['books.0.code', 'UNAVAILABLE'],
      ['books.1.code', 'UNAVAILABLE'],
      ['merchants', 'UNAVAILABLE'],
      ['shelves', 'UNAVAILABLE'],
    ]);
  });

  it('is told for so many places and no more', async () => {
    const { hub } = await stands({
      goods: () => ({ data: { books: Array.from({ length: 500 }, (_, id) => ({ __typename: 'Book', id: String(id) })) } }),
      store: away,
    });
    expect((await askStand(hub, '{ books { code } }')).errors).toHaveLength(20);
  });
});

describe('an answer does not depend on what a client calls a field', () => {
  const market: Market = {
    goods: ({ query }) => {
      const aliasOf = (name: string) => new RegExp(`(\\w+): ?${name}\\b`).exec(query)?.[1] ?? name;
      return {
        data: {
          book: {
            __typename: 'Book',
            id: '7',
            size: { width: 1, height: 2 },
            [aliasOf('name')]: 'Mo',
            [aliasOf('title')]: 'Red',
            [aliasOf('id')]: '7',
            price: 3,
          },
        },
      };
    },
    store: entities(({ id }) => (id === '7' ? { __typename: 'Book', shelf: 'A3' } : null)),
  };

  it.each([
    ['id: name shelf', { id: 'Mo', shelf: 'A3' }],
    ['__typename: name shelf', { __typename: 'Mo', shelf: 'A3' }],
    ['id: title realId: id shelf', { id: 'Red', realId: '7', shelf: 'A3' }],
    ['...on Book { id: name } shelf', { id: 'Mo', shelf: 'A3' }],
    ['hubAlias__id: name shelf', { hubAlias__id: 'Mo', shelf: 'A3' }],
  ])('though it is the name of a key: %s', async (selection, book) => {
    const { hub } = await stands(market);
    const answer = await askStand(hub, `{ book(id: "7") { ${selection} } }`);
    expect(JSON.parse(JSON.stringify(answer))).toEqual({ data: { book } });
  });

  it('nor do the places of errors', async () => {
    const { hub } = await stands({
      ...market,
      store: () => {
        throw new HubError('UNAVAILABLE', 'The part is not reachable.');
      },
    });
    const { data, errors } = await askStand(hub, '{ book(id: "7") { id: name code: shelf } }');
    expect(JSON.parse(JSON.stringify(data))).toEqual({ book: { id: 'Mo', code: null } });
    expect(errors?.map(({ path }) => path)).toEqual([['book', 'code']]);
  });
});
