import { describe, expect, it } from '@jest/globals';
import { getNamedType, introspectionTypes, isLeafType, isObjectType } from 'graphql';
import { askMarket, askStand, type Market, somebody, stands } from '../testing/market.ts';

describe('the executor', () => {
  it('sends mutations one after the other, in the order of the operation, and says that they are', async () => {
    const going: string[] = [];
    const slowly = (name: string, data: object) => async () => {
      going.push(`${name} begins`);
      await new Promise(resolve => setTimeout(resolve, 5));
      going.push(`${name} ends`);
      return { data };
    };
    const market: Market = { goods: slowly('goods', { a: { name: 'x' }, remove: true }), store: slowly('store', { restock: 1 }) };
    const { hub } = await stands(market);
    const { data } = await askStand(hub, 'mutation { a: rename(id: 1, name: "x") { name } restock(id: 1) remove(id: 2) }');
    expect(data).toEqual({ a: { name: 'x' }, restock: 1, remove: true });
    expect(going).toEqual(['goods begins', 'goods ends', 'store begins', 'store ends', 'goods begins', 'goods ends']);
    expect(hub.sent.map(({ isMutation }) => isMutation)).toEqual([true, true, true]);
  });

  it('sends reads of several subgraphs at once, each with the variables that it uses and that were given', async () => {
    const query =
      'query ($id: ID!, $first: Int = 2, $of: Int) { book(id: $id) { id } goods(first: $first) { id } sellers { rating(of: $of) } }';
    const { hub } = await stands({});
    await askStand(hub, query, { id: '1', of: 3, more: true });
    const variables = Object.fromEntries(hub.sent.map(({ subgraph, asked }) => [subgraph, asked.variables]));
    expect(variables).toEqual({ goods: { id: '1' }, sellers: { of: 3 } });
  });

  it('refuses variables that do not fit, and sends nothing', async () => {
    const { hub, apollo } = await stands({});
    const query = 'query ($id: ID!) { book(id: $id) { id } }';
    const answer = await askStand(hub, query, {});
    expect(answer).toEqual(await askStand(apollo, query, {}));
    expect([answer.errors?.length, hub.sent]).toEqual([1, []]);
  });

  it('executes the operation that is named', async () => {
    const { hub } = await stands({ store: () => ({ data: { shelves: 4, s: 5 } }) });
    const query = 'query A { shelves } query B { s: shelves }';
    expect((await askStand(hub, query, {}, { operationName: 'A' })).data).toEqual({ shelves: 4 });
    expect((await askStand(hub, query, {}, { operationName: 'B' })).data).toEqual({ s: 5 });
    await expect(askStand(hub, query)).rejects.toThrow();
  });

  it('answers for the schema itself', async () => {
    const query =
      'query ($n: String!, $f: Boolean!) { __type(name: $n) { ...t } __typename __schema { queryType { name } } } fragment t on __Type { kind fields @include(if: $f) { name } }';
    expect((await askMarket({}, query, { n: 'Size', f: true })).data).toEqual({
      __type: { kind: 'OBJECT', fields: [{ name: 'width' }, { name: 'height' }] },
      __typename: 'Query',
      __schema: { queryType: { name: 'Query' } },
    });
  });

  it('answers every field of introspection that graphql-js has', async () => {
    const everything = introspectionTypes.filter(isObjectType).map(type => {
      const fields = Object.values(type.getFields()).map(field =>
        isLeafType(getNamedType(field.type)) ? field.name : `${field.name} { __typename }`,
      );
      return `fragment of${type.name} on ${type.name} { ${fields.join(' ')} }`;
    });
    const query = `{ __schema { ...of__Schema directives { ...of__Directive args { ...of__InputValue } } types { ...of__Type fields { ...of__Field } enumValues { ...of__EnumValue } } } } ${everything.join(' ')}`;
    const { hub } = await stands({});
    const { data, errors } = await askStand(hub, query);
    expect(errors).toBeUndefined();
    expect(
      (data as any).__schema.types.find((type: any) => type.name === '__Type').fields.map((field: any) => field.name),
    ).toContain('isOneOf');
  });

  it('sends nothing more for a caller who has gone', async () => {
    const going = new AbortController();
    const market: Market = {
      goods: () => {
        going.abort();
        return { data: { books: [{ __typename: 'Book', id: '1' }] } };
      },
    };
    const { hub } = await stands(market);
    const { errors } = await askStand(
      hub,
      '{ books { seller { number } } }',
      {},
      { caller: somebody({ departure: going.signal }) },
    );
    expect(hub.sent.map(({ subgraph }) => subgraph)).toEqual(['goods']);
    expect(errors?.[0]?.extensions.code).toBe('UNAVAILABLE');
  });

  it('sends nothing for a rehearsal', async () => {
    const { hub } = await stands({ store: () => ({ data: { shelves: 4 } }) });
    await askStand(hub, '{ shelves }', {}, { caller: somebody({ isRehearsal: true }) });
    expect(hub.sent).toEqual([]);
    expect((await askStand(hub, '{ shelves }')).data).toEqual({ shelves: 4 });
  });

  it('keeps two answers apart', async () => {
    let stars = 0;
    const { hub } = await stands({ goods: () => ({ data: { books: [{ name: `N${stars++}`, sizes: [{ width: stars }] }] } }) });
    const query = '{ books { name sizes { width } } }';
    const [first, second] = [await askStand(hub, query), await askStand(hub, query)];
    expect([first.data?.books, second.data?.books]).toEqual([
      [{ name: 'N0', sizes: [{ width: 1 }] }],
      [{ name: 'N1', sizes: [{ width: 2 }] }],
    ]);
  });
});
