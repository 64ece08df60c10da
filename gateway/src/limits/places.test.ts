import { connect, type Socket } from 'node:net';
import { eventually } from '@hub/test/eventually';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ask, imaginedHub } from '../testing/imagined-hub.ts';
import { bearer } from '../testing/tokens.ts';

/** The smallest machine there is: a hub of one or two cores. */
const smallest = { inWork: 8, queue: 16 };

let hub: Awaited<ReturnType<typeof imaginedHub>>;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await hub.stop();
});

const someone = async (actor: string) => ({ authorization: await bearer('imports:write', '5m', { actor }) });

const inWork = async () => {
  const text = await (await fetch(`${hub.operatorsUrl}/metrics`)).text();
  return Number(/^hub_operations_in_flight (\d+)$/m.exec(text)?.[1]);
};

/** Sends an operation and never reads a byte of its answer. */
async function sendWithoutReading(query: string, { authorization }: { authorization: string }) {
  const body = JSON.stringify({ query });
  const socket = connect(Number(new URL(hub.url).port), '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined).pause();
  socket.write(
    `POST /graphql HTTP/1.1\r\nHost: hub\r\nAuthorization: ${authorization}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  return socket;
}

const send = (query: string, headers: { authorization: string }, signal: AbortSignal) =>
  fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
    signal,
  });

/** Asks and goes away. */
const askAndGo = (query: string, headers: { authorization: string }, milliseconds: number) =>
  send(query, headers, AbortSignal.timeout(milliseconds)).catch(() => undefined);

describe('the places of one viewer', () => {
  it('are few: another is answered while it asks for as much as it can', async () => {
    hub = await imaginedHub({ limits: smallest, deadlineMs: 60_000 });
    const greedy = await someone('greedy');
    const leaving = new AbortController();
    const refused: string[] = [];
    for (let i = 0; i < 32; i++)
      void send(`{ a${i}: trouble(kind: "hang") }`, greedy, leaving.signal)
        .then(async response => refused.push(((await response.json()) as any).errors[0].extensions.reason))
        .catch(() => undefined);
    await eventually(() => expect(refused).toEqual(Array(26).fill('CONCURRENCY')));
    await eventually(async () => expect(await inWork()).toBe(2));
    expect((await ask(hub.url, '{ peopleCount }', await someone('polite'))).data).toEqual({ peopleCount: 3 });
    expect([await inWork(), refused.length]).toEqual([2, 26]);
    leaving.abort();
  });

  it('are free for others when the work is done, though the client never reads; then the connection is cut', async () => {
    hub = await imaginedHub({ limits: { ...smallest, answerMs: 500 } });
    const deaf = await Promise.all(
      ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(async actor =>
        sendWithoutReading('{ trouble(kind: "long") }', await someone(actor)),
      ),
    );
    await eventually(async () => expect(hub.seen.headers).toHaveLength(8));
    await eventually(async () => expect(await inWork()).toBe(0));
    expect((await ask(hub.url, '{ peopleCount }', await someone('polite'))).data).toEqual({ peopleCount: 3 });
    await eventually(() => {
      for (const socket of deaf) socket.write('x');
      expect(deaf.map(({ destroyed }) => destroyed)).toEqual(deaf.map(() => true));
    });
  });

  it('are taken until the work has ended, though the client has gone; and what was begun is charged', async () => {
    hub = await imaginedHub({ limits: smallest, deadlineMs: 60_000 });
    const hasty = await someone('hasty');
    const left = async () => Number((await ask(hub.url, '{ peopleCount }', hasty)).headers.get('ratelimit-remaining'));
    const before = await left();
    const places = '{ places { inside { inside { inside { id } } } } }';
    for (let i = 0; i < 3; i++) await askAndGo(places, hasty, 1);
    await eventually(async () => expect(hub.seen.headers.length).toBeGreaterThan(0));
    expect(before - (await left())).toBeGreaterThan(1_000);

    for (let i = 0; i < 20; i++) await askAndGo('{ trouble(kind: "hang") }', hasty, 20);
    // Gone for long, and stopped: at no time there was more of it than its share.
    expect(await inWork()).toBeLessThanOrEqual(2);
    await eventually(async () => expect(await inWork()).toBe(0));
    expect((await ask(hub.url, '{ peopleCount }', hasty)).data).toEqual({ peopleCount: 3 });
  });
});
