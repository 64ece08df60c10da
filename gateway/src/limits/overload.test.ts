import { eventually } from '@hub/test/eventually';
import { expect, it } from '@jest/globals';
import { ask, imaginedHub } from '../testing/imagined-hub.ts';
import { bearer } from '../testing/tokens.ts';

it('a full hub refuses with 503 and Retry-After, answers probes, counts it, and recovers', async () => {
  const hub = await imaginedHub({ limits: { inWork: 1, queue: 1 } });
  const [authorization, second, third] = await Promise.all(
    ['first', 'second', 'third'].map(actor => bearer('imports:write', '5m', { actor })),
  );
  const series = async (name: string) =>
    Number(
      (await (await fetch(`${hub.operatorsUrl}/metrics`)).text())
        .split('\n')
        .find(line => line.startsWith(`${name} `))
        ?.split(' ')[1] ?? 0,
    );
  const until = (name: string, value: number) => eventually(async () => expect(await series(name)).toBe(value));
  try {
    const going = new AbortController();
    const inWork = fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: authorization! },
      body: JSON.stringify({ query: '{ trouble(kind: "hang") }' }),
      signal: going.signal,
    });
    await until('hub_operations_in_flight', 1);
    const waiting = ask(hub.url, '{ peopleCount }', { authorization: second! });
    await until('hub_operations_waiting', 1);
    const sent = hub.seen.headers.length;
    const { status, errors, headers } = await ask(hub.url, '{ places { id } }', { authorization: third! });
    expect([status, errors?.[0].extensions]).toEqual([503, { code: 'UNAVAILABLE', reason: 'OVERLOADED', retryable: true }]);
    expect([headers.get('retry-after'), hub.seen.headers.length]).toEqual(['1', sent]);
    expect([(await fetch(`${hub.url}/livez`)).status, (await fetch(`${hub.url}/readyz`)).status]).toEqual([200, 200]);
    expect(await series('hub_shed_total{class="people"}')).toBe(1);
    going.abort();
    await expect(inWork).rejects.toThrow('aborted');
    expect((await waiting).data).toEqual({ peopleCount: 3 });
    expect((await ask(hub.url, '{ peopleCount }', { authorization: third! })).status).toBe(200);
    await until('hub_operations_in_flight', 0);
  } finally {
    await hub.stop();
  }
});
