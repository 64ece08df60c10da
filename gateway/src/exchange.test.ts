import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Pool } from 'undici';
import { BrokenOff, exchange, joined } from './exchange.ts';
import { AnswerBytes } from './limits/answer-bytes.ts';
import { Work } from './limits/work.ts';

let pool: Pool;
let answer: (response: ServerResponse) => void;
const server = createServer((_request, response) => answer(response));
beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  pool = new Pool(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { connections: 1, maxResponseSize: 1_000 });
});
afterAll(async () => {
  await pool.destroy();
  server.closeAllConnections();
  server.close();
});

const post = { method: 'POST' as const, path: '/', body: 'x' };
const patient = () => ({
  departure: new AbortController().signal,
  deadline: Date.now() + 60_000,
  work: new Work(),
  bytes: new AnswerBytes(10_000),
});

describe('an exchange', () => {
  it('gives the whole answer, in however many pieces it comes', async () => {
    answer = response => {
      response.writeHead(201, { 'x-a': 'b' }).write('长');
      setTimeout(() => response.end('春'), 5);
    };
    const { statusCode, headers, chunks } = await exchange(pool, post, patient());
    expect([statusCode, headers['x-a'], joined(chunks).toString()]).toEqual([201, 'b', '长春']);
    answer = response => void response.writeHead(204).end();
    expect(joined((await exchange(pool, post, patient())).chunks).length).toBe(0);
  });

  it('ends at the deadline, and gives the connection up', async () => {
    const closed = new Promise(resolve => {
      answer = response => void response.once('close', resolve);
    });
    await expect(exchange(pool, post, { ...patient(), deadline: Date.now() + 20 })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    await closed;
  });

  it('ends when the caller goes, before and after the answer has begun', async () => {
    for (const begins of [false, true]) {
      const going = new AbortController();
      const reason = new Error('gone');
      const closed = new Promise(resolve => {
        answer = response => {
          response.once('close', resolve);
          if (begins) response.writeHead(200).write('half');
          setTimeout(() => going.abort(reason), 5);
        };
      });
      await expect(exchange(pool, post, { ...patient(), departure: going.signal })).rejects.toBe(reason);
      await closed;
      await expect(exchange(pool, post, { ...patient(), departure: going.signal })).rejects.toBe(reason);
    }
  });

  it('that waits for a connection waits no longer than its deadline, and is never sent', async () => {
    let asked = 0;
    const first = new Promise<ServerResponse>(resolve => {
      answer = response => {
        asked++;
        resolve(response);
      };
    });
    const busy = exchange(pool, post, patient());
    const held = await first;
    await expect(exchange(pool, post, { ...patient(), deadline: Date.now() + 20 })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    held.end('done');
    expect(joined((await busy).chunks).toString()).toBe('done');
    answer = response => {
      asked++;
      response.end();
    };
    await exchange(pool, post, patient());
    expect(asked).toBe(2);
  });

  it('that breaks off in the midst of its answer, or has too long a one, is told from one that never began', async () => {
    answer = response => {
      response.writeHead(200, { 'content-length': '10' }).write('half');
      setTimeout(() => response.destroy(), 5);
    };
    await expect(exchange(pool, post, patient())).rejects.toBeInstanceOf(BrokenOff);
    answer = response => void response.end('x'.repeat(2_000));
    await expect(exchange(pool, post, patient())).rejects.toBeInstanceOf(BrokenOff);
    answer = response => void response.destroy();
    await expect(exchange(pool, post, patient())).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
  });
});
