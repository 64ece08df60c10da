import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { imaginedHub } from '../testing/imagined-hub.ts';
import { bearer } from '../testing/tokens.ts';
import { bodyLimit } from './json-body.ts';

type Refusal = { errors?: { message: string; extensions: { code: string; reason?: string } }[]; data?: any };

describe('a body', () => {
  let hub: Awaited<ReturnType<typeof imaginedHub>>;
  let authorization: string;
  beforeAll(async () => {
    hub = await imaginedHub();
    authorization = await bearer();
  });
  afterAll(() => hub.stop());

  const post = async (body: string | Buffer, headers: Record<string, string> = {}) => {
    const response = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization, ...headers },
      body,
    });
    const { errors, data } = (await response.json()) as Refusal;
    return { status: response.status, data, error: errors?.[0], code: errors?.[0]?.extensions.code };
  };
  const json = (body: object) => JSON.stringify(body);
  const place = 'query ($id: ID!) { place(id: $id) { name } }';
  const packed = { 'content-encoding': 'gzip' };

  it('in GBK is refused, not stored with every character lost', async () => {
    const gbk = Buffer.from('7b227175657279223a227b20706c6163652869643a205c22b3a4b4ba5c2229207b206e616d65207d207d227d', 'hex');
    expect(await post(gbk)).toMatchObject({
      status: 400,
      code: 'INVALID_INPUT',
      error: { message: expect.stringMatching(/not UTF-8/) },
    });
  });

  it('packed by gzip is read', async () => {
    const { status, data } = await post(gzipSync(json({ query: place, variables: { id: '长春' } })), packed);
    expect([status, data]).toEqual([200, { place: { name: 'Place 长春' } }]);
  });

  it('that unpacks to more than a body may have is refused, however small it comes', async () => {
    const bomb = gzipSync(json({ query: `{ places { id } } #${' '.repeat(bodyLimit)}` }));
    expect(bomb.length).toBeLessThan(5_000);
    expect(await post(bomb, packed)).toMatchObject({ status: 413, code: 'LIMIT_EXCEEDED' });
  });

  it.each([
    ['says gzip and is not', '{"query":"{places{id}}"}', packed, 400, 'INVALID_INPUT'],
    ['is packed by something else', '{"query":"{places{id}}"}', { 'content-encoding': 'br' }, 415, 'INVALID_INPUT'],
  ])('that %s is refused', async (_, body, headers, status, code) => {
    expect(await post(body, headers)).toMatchObject({ status, code });
  });

  it.each([
    ['a variable', { query: place, variables: { id: 'a\0b' } }, /^variables\.id holds the character U\+0000/],
    ['a name', { query: place, variables: { 'i\0d': 'a' } }, /U\+0000/],
    ['the operation', { query: '{ place(id: "a\\u0000b") { name } }' }, /U\+0000/],
    ['the operation, in braces', { query: '{ place(id: "a\\u{0}b") { name } }' }, /U\+0000/],
  ])('with U+0000 in %s is refused by name', async (_, body, message) => {
    expect(await post(json(body))).toMatchObject({
      status: 400,
      code: 'INVALID_INPUT',
      error: { message: expect.stringMatching(message) },
    });
  });

  it('that only speaks of U+0000 is answered', async () => {
    const { data } = await post(json({ query: place, variables: { id: '\\u0000' } }));
    expect(data).toEqual({ place: { name: 'Place \\u0000' } });
  });

  it('with U+0000 in the variables of a GET is refused as in a POST', async () => {
    const search = new URLSearchParams({ query: place, variables: '{"id":"a\\u0000b"}' });
    const response = await fetch(`${hub.url}/graphql?${search}`, { headers: { authorization, accept: 'application/json' } });
    expect([response.status, ((await response.json()) as Refusal).errors?.[0]?.extensions.code]).toEqual([400, 'INVALID_INPUT']);
  });

  it.each([
    ['values', `{"query":"{ places { id } }","variables":{"x":${'['.repeat(450_000)}${']'.repeat(450_000)}}}`],
    ['selections', json({ query: `${'{ a '.repeat(4_000)}${'}'.repeat(4_000)}` })],
    ['lists in the operation', json({ query: `{ place(id: ${'['.repeat(2_400)}${']'.repeat(2_400)}) { id } }` })],
  ])('whose %s nest without end is refused by a limit with its name', async (_, body) => {
    expect(await post(body)).toMatchObject({ status: 400, code: 'LIMIT_EXCEEDED', error: { extensions: { reason: 'DEPTH' } } });
  });

  it('with brackets in its texts and comments is as deep as it looks to a reader', async () => {
    const query = `# ${'{'.repeat(500)}\n{ place(id: "${'['.repeat(500)}") { name } }`;
    expect(await post(json({ query }))).toMatchObject({ status: 200 });
    expect(await post(json({ query: `{ place(id: """${'{ " '.repeat(500)}""") { name } }` }))).toMatchObject({ status: 200 });
  });

  it('with a null in the place of a condition is refused as a whole, asked once or twice', async () => {
    const query = 'query ($s: Boolean = true) { places @skip(if: $s) { id } }';
    expect((await post(json({ query, variables: { s: false } }))).status).toBe(200);
    const refused = { status: 400, data: undefined, code: 'INVALID_INPUT', error: { message: expect.stringMatching(/"\$s"/) } };
    expect(await post(json({ query, variables: { s: null } }))).toMatchObject(refused);
    expect((await post(json({ query }))).data).toEqual({});
  });

  it.each([
    ['more errors than are looked for', `{ ${'nonsense '.repeat(900)} }`],
    ['nine hundred __typename', `{ ${'__typename '.repeat(900)} }`],
    ['unknown directives', `{ places ${'@nonsense '.repeat(60)} { id } }`],
  ])('with %s meets a limit', async (_, query) => {
    expect(await post(json({ query }))).toMatchObject({ status: 400, code: 'LIMIT_EXCEEDED' });
  });
});
