import { readFileSync } from 'node:fs';
import { startGateway } from '@hub/gateway/gateway';
import { executor } from '@hub/gateway/testing/executor';
import type { Subgraph } from '@hub/kit/subgraph';
import { subgraphs } from '@hub/schema/subgraphs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { forgedAuthorizations, goodToken } from './forged-tokens.ts';
import { type TestService, testService } from './test-service.ts';
import { verifyTestToken } from './test-tokens.ts';

const forged = await forgedAuthorizations();
const supergraphSdl = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');

describe('a forged token', () => {
  const services: TestService[] = [];
  const doors = new Map<string, string>();
  let gateway: Awaited<ReturnType<typeof startGateway>>;
  beforeAll(async () => {
    for (const subgraph of subgraphs as Subgraph[]) services.push(await testService(subgraph));
    const urls = Object.fromEntries(subgraphs.map(({ name }, i) => [name, services[i]!.url]));
    gateway = await startGateway({ supergraphSdl, subgraphs: urls, verify: verifyTestToken, executor });
    for (const [name, url] of Object.entries({ ...urls, gateway: gateway.url })) doors.set(name, url);
  });
  afterAll(async () => {
    await gateway?.stop();
    await Promise.all(services.map(service => service.stop()));
  });

  const knock = async (door: string, authorization: string | undefined) => {
    const response = await fetch(`${doors.get(door)}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    return { status: response.status, text: await response.text() };
  };

  it('is tried in at least 40 forms', () => expect(forged.length).toBeGreaterThanOrEqual(40));

  it.each(['gateway', ...subgraphs.map(({ name }) => name)])('opens nothing at %s, where a good one does', async door => {
    const welcome = await knock(door, `Bearer ${goodToken()}`);
    expect([welcome.status, JSON.parse(welcome.text).data]).toEqual([200, { __typename: 'Query' }]);
    const answers = new Map<string, string>();
    for (const [title, authorization] of forged) {
      const { status, text } = await knock(door, authorization);
      answers.set(title, `${status} ${text}`);
    }
    // Nobody learns which part of a forgery was wrong, but that it is not a token, not one of ours, or one that has ended.
    const told = [...answers].map(([title, answer]) => [title, answer.slice(0, 3), JSON.parse(answer.slice(4)).errors]);
    for (const [title, status, errors] of told)
      expect({ door, title, status, errors }).toEqual({
        door,
        title,
        status: '401',
        errors: [
          {
            message: expect.stringMatching(/^(An|The) access token (is|has) /),
            extensions: { code: 'UNAUTHENTICATED', reason: expect.stringMatching(/^(MISSING|MALFORMED|EXPIRED|NOT_OURS)$/) },
          },
        ],
      });
    expect(new Set(answers.values()).size).toBeLessThanOrEqual(4);
  });
});
