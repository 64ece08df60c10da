import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { imaginedHub } from '../testing/imagined-hub.ts';
import { bearer } from '../testing/tokens.ts';

let hub: Awaited<ReturnType<typeof imaginedHub>>;
beforeAll(async () => {
  hub = await imaginedHub();
});
afterAll(() => hub?.stop());

const ask = (authorization: string, body: string, headers: object = {}) =>
  fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization, ...headers },
    body,
  });
const good = '{"query":"{ peopleCount }"}';

type Send = (authorization: string) => Promise<Response>;
const floods: [kind: string, send: Send][] = [
  ['keys that are too short', authorization => ask(authorization, good, { 'idempotency-key': 'k' })],
  ['operations that are none', authorization => ask(authorization, '{"query":"{"}')],
  ['tokens that are no good', () => ask('Bearer of.no.worth', good)],
];
const as = (actor: string) => bearer(undefined, undefined, { actor });

const flood = (send: Send, authorization: string) =>
  Promise.all(Array.from({ length: 300 }, async () => (await send(authorization)).text()));

describe('a flood of refusals', () => {
  it.each(floods)('slows whoever sends it: %s', async (kind, send) => {
    const authorization = await as(kind);
    await flood(send, authorization);
    const since = performance.now();
    await send(authorization);
    // The longest wait there is, less what has faded on a slow machine.
    expect(performance.now() - since).toBeGreaterThan(200);
  });

  it('slows nobody else', async () => {
    const [flooding, other] = await Promise.all([as('flooding'), as('other')]);
    const send = floods[1]![1];
    await flood(send, flooding);
    const answered: string[] = [];
    const slowed = send(flooding).then(() => answered.push('who floods'));
    expect(await (await ask(other, good)).json()).toMatchObject({ data: { peopleCount: 3 } });
    answered.push('the other');
    await slowed;
    expect(answered).toEqual(['the other', 'who floods']);
  });
});
