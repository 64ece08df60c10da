import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import { Application, basic, city, county, type TestIdentity, testIdentity } from '../test-identity.ts';
import { KeyState } from './signing-key.ts';

let identity: TestIdentity;
beforeAll(async () => {
  identity = await testIdentity();
});
afterAll(() => identity?.stop());

const rotation = 'mutation { rotateSigningKey }';
const states = async () =>
  (await identity.asOwner('select kid, state from signing_key order by created_at, kid')) as { kid: string; state: string }[];
const published = async () => {
  const { keys } = (await (await fetch(`${identity.url}/identity/jwks`)).json()) as { keys: { kid: string; d?: string }[] };
  expect(keys.every(key => key.d === undefined)).toBe(true);
  return keys.map(({ kid }) => kid).sort();
};
const shownLongEnough = () => identity.asOwner(`update signing_key set created_at = created_at - interval '61 seconds'`);

describe('the signing keys', () => {
  it('are shown before they sign', async () => {
    const before = await states();
    expect(before.map(({ state }) => state).sort()).toEqual([KeyState.CURRENT, KeyState.NEXT]);
    expect(await published()).toEqual(before.map(({ kid }) => kid).sort());
    expect(await identity.code(city, rotation)).toBe('NOT_ALLOWED');
  });

  it('change without a failed verification, while tokens are made and checked', async () => {
    const input = { clientId: 'keys-test', name: '测试', divisionCode: '220100' };
    const { createClient } = await identity.get(
      city,
      `mutation ($input: CreateClient!) { createClient(input: $input) { secret client { id } } }`,
      { input },
    );
    await identity.get(city, `mutation ($input: GrantRights!) { grantRights(input: $input) { id } }`, {
      input: { clientId: createClient.client.id, role: 'REPORTING', division: '220100', reason: '测试' },
    });
    const app = new Application(identity.url);
    const signedBy = new Set<string>();
    let made = 0;
    let wanted = Number.POSITIVE_INFINITY;
    const failures: string[] = [];
    const working = Array.from({ length: 3 }, async () => {
      while (made < wanted) {
        const { access_token } = await app.token({ grant_type: 'client_credentials' }, basic('keys-test', createClient.secret));
        signedBy.add(decodeProtectedHeader(access_token).kid!);
        await identity.verify(`Bearer ${access_token}`).catch(error => failures.push((error as Error).message));
        made++;
      }
    });
    try {
      for (let round = 0; round < 2; round++) {
        while (signedBy.size === 0) await pause(20);
        await shownLongEnough();
        // The mark of the keys is looked at once a second: what was just made must have been published before it may sign.
        await untilPublished();
        expect((await identity.get(city, rotation)).rotateSigningKey).toBe(true);
        const { kid } = (await states()).find(({ state }) => state === KeyState.CURRENT)!;
        while (!signedBy.has(kid) && failures.length === 0) await pause(20);
      }
    } finally {
      wanted = made + 20;
      await Promise.all(working);
    }
    expect(failures).toEqual([]);
    expect(signedBy.size).toBe(3);
  });

  /** A minute goes by in life; here the check itself has to see the next key first, as it would in that minute. */
  async function untilPublished() {
    const next = (await states()).find(({ state }) => state === KeyState.NEXT)!.kid;
    while (!(await published()).includes(next)) await pause(50);
    await pause(5_100);
  }

  it('that retired stay published for what they signed, and are forgotten later', async () => {
    const retired = (await states()).filter(({ state }) => state === KeyState.RETIRED);
    expect(retired).toHaveLength(2);
    for (const { kid } of retired) expect(await published()).toContain(kid);
  });

  it('are changed by the division of the installation alone', async () => {
    expect(await identity.code(county('220102'), rotation)).toBe('FORBIDDEN');
  });

  it('are unreadable in the database', async () => {
    const rows = await identity.asOwner('select sealed from signing_key');
    for (const { sealed } of rows) expect(sealed).toMatch(/^eyJhbGciOiJkaXIi/);
  });
});
