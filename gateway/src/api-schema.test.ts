import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, isNonNullType } from 'graphql';
import { startGateway } from './gateway.ts';
import { executor } from './testing/executor.ts';
import { bearer, verify } from './testing/tokens.ts';

const committed = (name: string) => readFileSync(new URL(`../../schema/${name}.graphql`, import.meta.url), 'utf8');

describe('the schema of the API', () => {
  let gateway: Awaited<ReturnType<typeof startGateway>>;
  let authorization: string;
  beforeAll(async () => {
    gateway = await startGateway({
      supergraphSdl: committed('supergraph'),
      subgraphs: Object.fromEntries(
        ['organisations', 'people', 'campaigns', 'programs'].map(name => [name, 'http://127.0.0.1:1']),
      ),
      verify,
      executor,
    });
    authorization = await bearer();
  });
  afterAll(() => gateway.stop());
  const get = (headers: Record<string, string>) => fetch(`${gateway.url}/schema.graphql`, { headers });

  it('is the committed one, word for word, and can be built from', async () => {
    const response = await get({ authorization });
    const text = await response.text();
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/graphql; charset=utf-8']);
    expect(text).toBe(committed('api'));
    expect(buildSchema(text).getQueryType()?.getFields().division).toBeDefined();
  });

  it('holds nothing of federation, and nothing that only subgraphs ask of each other', () => {
    expect(committed('api')).not.toMatch(/join__|@key|@shareable|@needs|_entities|_service|Whereabouts/);
  });

  it('is sent once to who has it already', async () => {
    const etag = (await get({ authorization })).headers.get('etag')!;
    expect((await get({ authorization, 'if-none-match': etag })).status).toBe(304);
  });

  it('is not for strangers', async () => {
    const response = await get({});
    expect([response.status, ((await response.json()) as any).errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  });
});

describe('every field at the root', () => {
  it('may be null, so that a part of the hub that is away takes its own fields and nothing else', () => {
    const fields = Object.values(buildSchema(committed('api')).getQueryType()!.getFields());
    expect(fields.length).toBeGreaterThan(30);
    expect(fields.filter(({ type }) => isNonNullType(type)).map(({ name }) => name)).toEqual([]);
  });
});
