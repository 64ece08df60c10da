import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { imaginedHub } from './testing/imagined-hub.ts';
import { bearer } from './testing/tokens.ts';

describe('GraphQL over HTTP', () => {
  let hub: Awaited<ReturnType<typeof imaginedHub>>;
  let authorization: string;
  beforeAll(async () => {
    hub = await imaginedHub();
    authorization = await bearer();
  });
  afterAll(() => hub.stop());

  const audits = serverAudits({
    url: () => `${hub.url}/graphql`,
    fetchFn: (url: string, init: RequestInit = {}) => fetch(url, { ...init, headers: { ...init.headers, authorization } }),
  });
  for (const { id, name, fn } of audits) {
    it(`${id} ${name}`, async () => {
      const result = await fn();
      if (result.status === 'ok') return;
      expect({ status: result.status, reason: result.reason }).not.toMatchObject({ status: 'error' });
      if (process.env.HUB_TEST_NOTICES) process.stderr.write(`${result.status} ${id} ${name}: ${result.reason}\n`);
    });
  }
});
