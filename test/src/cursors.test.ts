import { type Serving, serve } from '@hub/kit/serve';
import { type Subgraph, subgraphSchema } from '@hub/kit/subgraph';
import { organisations } from '@hub/organisations/subgraph';
import { subgraphs } from '@hub/schema/subgraphs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type GraphQLSchema, getNamedType, isEnumType } from 'graphql';
import { type TestDatabase, testDatabase } from './test-database.ts';
import { sampleTemplates } from './test-hub.ts';
import { ask } from './test-service.ts';
import { allScopes, city, verifyTestToken } from './test-tokens.ts';

/** A list at the root of a subgraph in one of its orders; `undefined` where it has but one. */
interface Ordered {
  list: string;
  order?: string;
}

const viewer = { ...city, scopes: [...allScopes, 'people:personal'] };

const listsOf = (schema: GraphQLSchema): Ordered[] =>
  Object.values(schema.getQueryType()!.getFields())
    .filter(({ type }) => getNamedType(type).name.endsWith('Connection'))
    .flatMap(({ name, args }): Ordered[] => {
      const order = args.find(arg => arg.name === 'orderBy');
      const type = order && getNamedType(order.type);
      return type && isEnumType(type) ? type.getValues().map(value => ({ list: name, order: value.name })) : [{ list: name }];
    });

const pageOf = ({ list, order }: Ordered, argument: 'after' | 'before' = 'after') =>
  `query ($at: String) { page: ${list}(first: 1, ${argument}: $at${order ? `, orderBy: ${order}` : ''}) { pageInfo { endCursor } } }`;

const forged = (cursor: string, value: unknown, at: number) => {
  const values = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  values[at] = value;
  return Buffer.from(JSON.stringify(values)).toString('base64url');
};
const hostile: unknown[] = [
  { $re: '(a+)+$' },
  { $gt: '' },
  [1],
  null,
  [[{}]],
  'a\0b',
  {},
  { toString: 'x' },
  true,
  "' or true --",
];

/** What begins the cursors of the subgraphs looked at so far. */
const tagsElsewhere = new Set<string>();

beforeAll(() => sampleTemplates(), 600_000);

describe.each(subgraphs.map(subgraph => [subgraph.name, subgraph] as [string, Subgraph]))('a cursor of %s', (name, subgraph) => {
  let database: TestDatabase;
  let serving: Serving;
  let lists: Ordered[];
  const given = new Map<Ordered, string>();
  const page = (list: Ordered, at?: string, argument?: 'after' | 'before') =>
    ask(serving.url, viewer, pageOf(list, argument), { at });

  beforeAll(async () => {
    database = await testDatabase(name, `sampled_${name}`);
    serving = await serve(subgraph, { databaseUrl: database.url, verify: verifyTestToken });
    lists = listsOf(await subgraphSchema(subgraph));
    for (const list of lists) {
      const { data } = await page(list);
      if (data.page.pageInfo.endCursor) given.set(list, data.page.pageInfo.endCursor);
    }
  }, 120_000);
  afterAll(async () => {
    await serving.stop();
    await database.drop();
  });

  it('goes on in its own list and order', async () => {
    expect(given.size).toBeGreaterThan(3);
    for (const [list, cursor] of given) expect([list, (await page(list, cursor)).errors]).toEqual([list, undefined]);
  });

  it('is refused in every other list and order', async () => {
    const taken: unknown[] = [];
    for (const [from, cursor] of given)
      for (const to of lists) {
        if (to === from) continue;
        const { errors } = await page(to, cursor);
        if (errors?.[0]?.extensions.code !== 'INVALID_INPUT' || !/^after: /.test(errors[0].message))
          taken.push([from, to, errors]);
      }
    expect(taken).toEqual([]);
  });

  it('is refused in every list of another subgraph', () => {
    const tags = [...given.values()].map(cursor => JSON.parse(Buffer.from(cursor, 'base64url').toString())[0] as string);
    expect(tags.filter(tag => tagsElsewhere.has(tag))).toEqual([]);
    for (const tag of tags) tagsElsewhere.add(tag);
  });

  it('is judged though nothing but the count is asked for', async () => {
    for (const list of lists) {
      const { errors } = await ask(serving.url, viewer, `{ page: ${list.list}(after: "W10") { totalCount } }`);
      expect([list, errors?.[0]?.extensions.code]).toEqual([list, 'INVALID_INPUT']);
    }
  });

  it('with anything but scalars of its columns is refused before a statement is sent', async () => {
    const taken: unknown[] = [];
    for (const [list, cursor] of given) {
      const length = JSON.parse(Buffer.from(cursor, 'base64url').toString()).length;
      for (let at = 0; at < length; at++)
        for (const value of hostile) {
          if (typeof value === 'string' && !value.includes('\0') && at > 0) continue;
          const { errors, statements } = await page(list, forged(cursor, value, at), 'before');
          if (errors?.[0]?.extensions.code !== 'INVALID_INPUT' || statements > 0)
            taken.push([list, at, value, errors, statements]);
        }
    }
    expect(taken).toEqual([]);
  });

  it('stands for no condition in a reference either', async () => {
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }`;
    const types = Object.keys(subgraph.references);
    for (const type of types)
      for (const key of ['id', 'code', 'creditCode'])
        for (const value of [{ $re: '.*' }, { $ne: null }, ['220102'], 220102, 'a\0b', 'nobody']) {
          const { data, errors } = await ask(serving.url, viewer, query, { of: [{ __typename: type, [key]: value }] });
          expect({ type, key, value, entity: data?._entities[0] ?? null, code: errors?.[0]?.extensions.code }).toMatchObject({
            entity: null,
          });
          if (errors) expect([type, key, value, errors[0]!.extensions.code]).toEqual([type, key, value, 'INVALID_INPUT']);
        }
  });
});

it('a cursor of one division’s list is refused in that of another', async () => {
  const database = await testDatabase('organisations', 'sampled_organisations');
  const serving = await serve(organisations, { databaseUrl: database.url, verify: verifyTestToken });
  const query = `query ($code: String!, $at: String) { division(code: $code) { organisations(first: 1, after: $at) { pageInfo { endCursor } } } }`;
  try {
    const { data } = await ask(serving.url, viewer, query, { code: '220102' });
    const at = data.division.organisations.pageInfo.endCursor;
    expect((await ask(serving.url, viewer, query, { code: '220102', at })).errors).toBeUndefined();
    const { errors } = await ask(serving.url, viewer, query, { code: '220104', at });
    expect(errors?.[0]).toMatchObject({ message: expect.stringMatching(/^after: /), extensions: { code: 'INVALID_INPUT' } });
  } finally {
    await serving.stop();
    await database.drop();
  }
});
