import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { ask, imaginedHub } from '../testing/imagined-hub.ts';
import { bearer } from '../testing/tokens.ts';
import { readManifest, type TrustedDocument } from './manifest.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const trusted = (name: string, body: string): TrustedDocument => ({ id: sha256(body), name, type: 'query', body });

const place = trusted('Place', 'query Place($id: ID!) { place(id: $id) { name } }');
const stale = trusted('Stale', '{ thereIsNoSuchField }');
const logged: string[] = [];

let hub: Awaited<ReturnType<typeof imaginedHub>>;
let committee: string;
let partner: string;
beforeAll(async () => {
  const log = pino({ level: 'warn' }, { write: (line: string) => logged.push(line) });
  hub = await imaginedHub({ documents: [place, stale], trustedOnly: ['PARTNER'], log });
  committee = await bearer();
  partner = await bearer('', '5m', { role: 'PARTNER', organisation: '0d5eb6f2-2fd5-4d0a-a9e3-2f1c86a3d6ab' });
});
afterAll(() => hub.stop());

async function post(authorization: string, body: object) {
  const headers = { 'content-type': 'application/json', authorization };
  const response = await fetch(`${hub.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) });
  const { data, errors } = (await response.json()) as { data?: any; errors?: any[] };
  return { status: response.status, data, error: errors?.[0]?.extensions };
}

const byHash = (sha256Hash: unknown, others: object = {}) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash } },
  variables: { id: '7' },
  ...others,
});
const answer = { status: 200, data: { place: { name: 'Place 7' } }, error: undefined };

describe('a trusted document', () => {
  it.each([
    ['by its hash', byHash(place.id)],
    ['by its hash and name', byHash(place.id, { operationName: 'Place' })],
    ['by its hash and text', byHash(place.id, { query: place.body })],
    ['by documentId', { documentId: place.id, variables: { id: '7' } }],
    ['by documentId with its algorithm', { documentId: `sha256:${place.id}`, variables: { id: '7' } }],
    ['by its exact text', { query: place.body, variables: { id: '7' } }],
  ])('is answered %s, whoever asks', async (_name, body) => {
    expect([await post(committee, body), await post(partner, body)]).toEqual([answer, answer]);
  });

  it('is answered by GET', async () => {
    const search = new URLSearchParams({
      variables: '{"id":"7"}',
      extensions: JSON.stringify({ persistedQuery: { version: 1, sha256Hash: place.id } }),
    });
    const response = await fetch(`${hub.url}/graphql?${search}`, { headers: { authorization: partner } });
    expect([response.status, await response.json()]).toMatchObject([200, { data: answer.data }]);
  });

  it('that does not fit the supergraph is named in the log at the start', () => {
    expect(logged.join()).toContain('"document":"Stale"');
    expect(logged.join()).not.toContain('"document":"Place"');
  });

  it('was planned at the start, and sent nowhere', async () => {
    const { seen, ...other } = await imaginedHub({ documents: [place] });
    try {
      expect(seen.headers).toEqual([]);
    } finally {
      await other.stop();
    }
  });
});

describe('a document that is not trusted', () => {
  const other = sha256('{ peopleCount }');
  it.each([
    ['an unknown hash of a role bound to trusted ones', () => partner, byHash(other), 404, 'NOT_FOUND', 'UNKNOWN_DOCUMENT'],
    [
      'an unknown hash with its text of a role bound to trusted ones',
      () => partner,
      byHash(other, { query: '{ peopleCount }' }),
      404,
      'NOT_FOUND',
      'UNKNOWN_DOCUMENT',
    ],
    [
      'a text that was changed',
      () => committee,
      byHash(place.id, { query: `${place.body} ` }),
      400,
      'INVALID_INPUT',
      'HASH_MISMATCH',
    ],
    ['a hash that is no text', () => committee, byHash(7), 400, 'INVALID_INPUT', 'HASH_MISMATCH'],
    [
      'another version',
      () => committee,
      { extensions: { persistedQuery: { version: 2, sha256Hash: place.id } } },
      400,
      'INVALID_INPUT',
      'HASH_MISMATCH',
    ],
    ['a name of the prototype', () => committee, { documentId: '__proto__' }, 404, 'NOT_FOUND', 'UNKNOWN_DOCUMENT'],
    [
      'a free text of a role bound to trusted ones',
      () => partner,
      { query: '{ peopleCount }' },
      403,
      'FORBIDDEN',
      'TRUSTED_ONLY',
    ],
    [
      'the schema, asked by such a role',
      () => partner,
      { query: '{ __schema { queryType { name } } }' },
      403,
      'FORBIDDEN',
      'TRUSTED_ONLY',
    ],
    ['nothing, asked by such a role', () => partner, {}, 403, 'FORBIDDEN', 'TRUSTED_ONLY'],
  ] as [string, () => string, object, number, string, string][])(
    'is refused: %s',
    async (_name, who, body, status, code, reason) => {
      expect(await post(who(), body)).toEqual({ status, data: undefined, error: { code, reason } });
    },
  );

  it('is answered to the other roles, also by GET', async () => {
    expect((await post(committee, { query: '{ peopleCount }' })).data).toEqual({ peopleCount: 3 });
    const get = (authorization: string) => fetch(`${hub.url}/graphql?query=%7BpeopleCount%7D`, { headers: { authorization } });
    expect([(await get(committee)).status, (await get(partner)).status]).toEqual([200, 403]);
  });

  it('is asked for once by its hash, sent with its text, and known from then on: automatic persisted queries', async () => {
    const query = 'query Counted($x: Boolean = true) { peopleCount @include(if: $x) }';
    const byItsHash = { extensions: { persistedQuery: { version: 1, sha256Hash: sha256(query) } } };
    const unknown = { status: 200, data: undefined, error: { code: 'PERSISTED_QUERY_NOT_FOUND' } };
    const known = { status: 200, data: { peopleCount: 3 }, error: undefined };
    expect(await post(committee, byItsHash)).toEqual(unknown);
    expect(await post(committee, { ...byItsHash, query })).toEqual(known);
    expect(await post(committee, byItsHash)).toEqual(known);
    expect((await post(partner, byItsHash)).status).toBe(404);
    const search = new URLSearchParams({ extensions: JSON.stringify(byItsHash.extensions) });
    const response = await fetch(`${hub.url}/graphql?${search}`, { headers: { authorization: committee } });
    expect(((await response.json()) as any).data).toEqual({ peopleCount: 3 });
  });

  it('does not come in twice under one name', async () => {
    const url = `${hub.url}/graphql?documentId=${place.id}&query=%7BpeopleCount%7D`;
    expect((await fetch(url, { headers: { authorization: partner } })).status).toBe(400);
    expect((await ask(hub.url, '{ peopleCount }', { authorization: partner })).status).toBe(403);
  });
});

describe('the committed manifest', () => {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const committed = join(root, 'gateway/documents/manifest.json');

  it('is what the tool makes of the documents today', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'manifest-'));
    const config = JSON.parse(await readFile(join(root, 'gateway/persisted-query-manifest.config.json'), 'utf8'));
    await writeFile(join(directory, 'config.json'), JSON.stringify({ ...config, output: join(directory, 'manifest.json') }));
    const program = join(root, 'node_modules/@apollo/generate-persisted-query-manifest/cli.js');
    await promisify(execFile)(process.execPath, [program, '--config', join(directory, 'config.json')], { cwd: root });
    const made = JSON.parse(await readFile(join(directory, 'manifest.json'), 'utf8'));
    expect(JSON.parse(await readFile(committed, 'utf8'))).toEqual(made);
    await rm(directory, { recursive: true });
  });

  it('names each document by the SHA-256 of its text', async () => {
    const documents = await readManifest(committed);
    expect(documents.length).toBeGreaterThanOrEqual(7);
    for (const { id, body } of documents) expect(id).toBe(sha256(body));
  });

  it('that is no manifest is refused with a line that says so', async () => {
    await expect(readManifest(join(root, 'package.json'))).rejects.toThrow('is no manifest');
    await expect(readManifest('/nowhere.json')).rejects.toThrow('HUB_DOCUMENTS');
  });
});
