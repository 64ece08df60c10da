import { connect } from 'node:net';
import { imaginedHub } from '@hub/gateway/testing/imagined-hub';
import { bearer } from '@hub/gateway/testing/tokens';
import { errorCodes } from '@hub/kit/errors';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { hostileOperations } from './hostile/operations.ts';
import { hostileBytes } from './hostile/raw.ts';
import { hostileRequests } from './hostile/requests.ts';

/** Generous: machines differ, and the tests of other files run beside these. */
const fence = 60_000;

let hub: Awaited<ReturnType<typeof imaginedHub>>;
let authorization: string;
const times: { name: string; milliseconds: number }[] = [];
let memory: number;

beforeAll(async () => {
  hub = await imaginedHub({ limits: { bodyMs: 500, refusalsPerSecond: 1e6 } });
  authorization = await bearer();
  memory = process.memoryUsage().rss;
});
afterAll(async () => {
  await hub.stop();
  const slowest = times.sort((a, b) => b.milliseconds - a.milliseconds).slice(0, 5);
  const growth = ((process.memoryUsage().rss - memory) / 1e6).toFixed(0);
  process.stderr.write(
    `hostile corpus: ${times.length} requests, memory +${growth} MB, slowest ${slowest.map(({ name, milliseconds }) => `${milliseconds.toFixed(0)} ms (${name})`).join(', ')}\n`,
  );
});

/** Whatever was sent before, the next who means well is served. */
afterEach(async () => {
  const headers = { 'content-type': 'application/json', authorization };
  const response = await fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers,
    body: '{"query":"{ peopleCount place(id: 7) { name } }"}',
  });
  expect(await response.json()).toMatchObject({ data: { peopleCount: 3, place: { name: 'Place 7' } } });
});

function expectRefusal(name: string, since: number, status: number, text: string) {
  const milliseconds = performance.now() - since;
  times.push({ name, milliseconds });
  expect({ status, isClientsFault: status >= 400 && status < 500, text: text.slice(0, 300) }).toMatchObject({
    isClientsFault: true,
  });
  const [error] = (JSON.parse(text) as { errors: { message: string; extensions: { code: string } }[] }).errors;
  expect(Object.keys(errorCodes)).toContain(error!.extensions.code);
  expect(error!.extensions.code).not.toBe('INTERNAL');
  expect(text).not.toMatch(/\bat \S+ \(|node_modules|\.ts:\d|\.js:\d|127\.0\.0\.1|Did you mean/);
  expect(milliseconds).toBeLessThan(fence);
}

const flat = <T extends { name: string }>(corpus: Record<string, T[]>) =>
  Object.entries(corpus).flatMap(([kind, list]) => list.map(item => [`${kind}: ${item.name}`, item] as const));

const total = [hostileOperations, hostileRequests, hostileBytes].reduce(
  (sum, corpus) => sum + flat<{ name: string }>(corpus).length,
  0,
);

it('the corpus is large enough', () => expect(total).toBeGreaterThanOrEqual(200));

describe('a hostile operation is refused', () => {
  it.each(flat(hostileOperations))('%s', async (name, { body }) => {
    const since = performance.now();
    const sent = hub.seen.headers.length;
    const headers = { 'content-type': 'application/json', authorization };
    const response = await fetch(`${hub.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) });
    expectRefusal(name, since, response.status, await response.text());
    expect(hub.seen.headers.length).toBe(sent);
  });
});

describe('a hostile request is refused', () => {
  it.each(flat(hostileRequests))('%s', async (name, { method = 'GET', path, headers = {}, body }) => {
    const since = performance.now();
    const filled = Object.fromEntries(
      Object.entries(headers).map(([key, value]) => [key, value.replaceAll('{token}', authorization)]),
    );
    const sent = body === undefined ? {} : { body };
    const response = await fetch(`${hub.url}${path}`, { method, headers: filled, redirect: 'manual', ...sent });
    expectRefusal(name, since, response.status, await response.text());
  });
});

describe('a hostile connection is refused', () => {
  it.each(flat(hostileBytes))('%s', async (name, { text }) => {
    const since = performance.now();
    const answer = await exchange(text.replaceAll('{token}', authorization).replaceAll('\n', '\r\n'));
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expectRefusal(name, since, Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]), body);
    // What was smuggled in after it got no answer of its own.
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  });

  it('a body of 60 MB is not read to its end', async () => {
    const head = `POST /graphql HTTP/1.1\r\nHost: hub\r\nAuthorization: ${authorization}\r\nContent-Type: application/json\r\nContent-Length: 60000000\r\n\r\n`;
    const { answer, taken } = await pour(head, 60_000_000);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(taken).toBeLessThan(60_000_000);
  });

  it('headers one at a time get an end', async () => {
    const answer = await exchange('GET /graphql HTTP/1.1\r\nHost: hub\r\nX-A: ');
    expect(answer).toMatch(/^HTTP\/1\.1 408 [\s\S]*"code":"LIMIT_EXCEEDED"/);
  });
});

/** Sends bytes and reads until the other side has answered once, or ended. */
function exchange(text: string, patience = fence): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(hub.url).port), '127.0.0.1', () => socket.write(text, 'latin1'));
    let answer = '';
    const timer = setTimeout(() => socket.destroy(new Error(`No end of the answer: ${answer.slice(0, 300)}`)), patience);
    const finish = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    socket.on('data', chunk => {
      answer += chunk;
      // A moment more: a second answer would be one too many.
      if (isWhole(answer)) setTimeout(finish, 20);
    });
    socket.once('end', finish);
    socket.once('error', error => (answer ? finish() : reject(error)));
  });
}

function isWhole(answer: string): boolean {
  const [head = '', body] = answer.split('\r\n\r\n');
  const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Number.POSITIVE_INFINITY);
  return body !== undefined && Buffer.byteLength(body) >= length;
}

/** Sends as much of a body as is taken. */
function pour(head: string, size: number): Promise<{ answer: string; taken: number }> {
  return new Promise(resolve => {
    const socket = connect(Number(new URL(hub.url).port), '127.0.0.1');
    const piece = Buffer.alloc(65_536, 'x');
    let answer = '';
    let isOver = false;
    socket.on('data', chunk => {
      answer += chunk;
    });
    const end = () => {
      isOver = true;
      resolve({ answer, taken: socket.bytesWritten });
    };
    socket.once('close', end).once('error', () => undefined);
    socket.write(head);
    const more = () => {
      while (!isOver && !socket.destroyed && socket.bytesWritten < size) {
        if (socket.writableEnded || !socket.write(piece)) return void socket.once('drain', more);
      }
    };
    more();
  });
}
