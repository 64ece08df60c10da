import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@hub/test/eventually';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startGateway } from './gateway.ts';
import type { GatewayOptions } from './gateway-options.ts';
import { executor } from './testing/executor.ts';
import { ask, startPlaces, supergraphSdl } from './testing/imagined-hub.ts';
import { type Answer, passingPeople } from './testing/passing-process.ts';
import { bearer, verify } from './testing/tokens.ts';

let places: Awaited<ReturnType<typeof startPlaces>>;
let authorization: string;
beforeAll(async () => {
  places = await startPlaces();
  authorization = await bearer();
});
afterAll(() => places.stop());

const ended: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).toReversed()) await end();
});

/** A gateway over as many processes of the people subgraph as are wanted. */
async function gatewayOver(count: number, options: Partial<GatewayOptions> = {}) {
  const people = [await passingPeople()];
  while (people.length < count) people.push(await passingPeople(people[0]!.asked));
  const gateway = await startGateway({
    supergraphSdl,
    subgraphs: { places: places.url, people: people.map(({ url }) => url).join(',') },
    verify,
    executor,
    deadlineMs: 30_000,
    awayMs: 30_000,
    ...options,
  });
  for (const each of people) ended.push(each.kill);
  ended.push(gateway.stop);
  const status = async () => {
    const { subgraphs } = (await (await fetch(`${gateway.operatorsUrl}/status`)).json()) as any;
    return subgraphs.find(({ name }: { name: string }) => name === 'people');
  };
  const read = (query = '{ peopleCount }') => ask(gateway.url, query, { authorization });
  return { people, gateway, asked: people[0]!.asked, status, read };
}

/** Readers and writers who go on until stopped; what went wrong for them. */
function load(url: string, { readers = 3, writers = 1 } = {}) {
  const wrong: unknown[] = [];
  const written: string[] = [];
  let isOver = false;
  let reads = 0;
  const repeat = async (work: () => Promise<unknown>) => {
    while (!isOver) await work().catch(error => wrong.push(error));
  };
  const read = async () => {
    const { data, errors } = await ask(url, '{ peopleCount places { id } }', { authorization });
    reads++;
    if (errors || data.peopleCount !== 3) wrong.push(errors ?? data);
  };
  const write = async () => {
    const name = `person ${written.length}`;
    written.push(name);
    const { errors } = await ask(url, `mutation { addPerson(name: "${name}") }`, { authorization });
    if (errors) wrong.push(errors);
  };
  const all = [...Array(readers).fill(read), ...Array(writers).fill(write)].map(repeat);
  const more = async () => {
    const before = reads;
    await eventually(() => expect(reads).toBeGreaterThan(before + 20));
  };
  const stop = async () => {
    isOver = true;
    await Promise.all(all);
    return { wrong, written };
  };
  return { more, stop };
}

describe('a rolling restart', () => {
  it.each([1, 2])('of a subgraph with processes: %d fails no read, and makes each change once', async count => {
    const { people, gateway, asked, status } = await gatewayOver(count);
    const going = load(gateway.url);
    await going.more();
    for (const each of people) {
      await each.stop();
      if (count > 1) await going.more();
      else await pause(200);
      await each.start();
      await going.more();
    }
    const { wrong, written } = await going.stop();
    expect(wrong).toEqual([]);
    expect(asked.added.toSorted()).toEqual(written.toSorted());
    expect((await status()).breaker).toBe('closed');
  });

  it('is not felt by a process that was killed either, as long as nothing is changed', async () => {
    const { people, gateway } = await gatewayOver(1);
    const going = load(gateway.url, { writers: 0 });
    for (let i = 0; i < 3; i++) {
      await going.more();
      await people[0]!.kill();
      await people[0]!.start();
    }
    await going.more();
    expect((await going.stop()).wrong).toEqual([]);
  });
});

describe('several processes of a subgraph', () => {
  it('share the load', async () => {
    const { people, read } = await gatewayOver(2);
    for (let i = 0; i < 20; i++) await read();
    expect(people.map(({ own }) => own.reads)).toEqual([10, 10]);
  });

  it('are not felt to be fewer when one is gone; the status says which', async () => {
    const { people, gateway, read, status } = await gatewayOver(2);
    await people[1]!.kill();
    for (let i = 0; i < 20; i++) expect((await read()).errors).toBeUndefined();
    const processes = people.map(({ url }, index) => ({ address: url, ready: index === 0, breaker: 'closed' }));
    expect(await status()).toMatchObject({ ready: true, breaker: 'closed', processes });
    const metrics = await (await fetch(`${gateway.operatorsUrl}/metrics`)).text();
    expect(metrics).toContain('hub_subgraph_processes_away{subgraph="people"} 1');
    const page = await (await fetch(`${gateway.operatorsUrl}/status`, { headers: { accept: 'text/html' } })).text();
    expect(page).toContain(`就绪 ready; 缺 away: ${people[1]!.url}`);
  });

  it('have a breaker each: one that breaks its answers is left in peace, and the other answers for it', async () => {
    const { people, read, status } = await gatewayOver(2, { breaker: { failures: 3, pause: 600_000 } });
    people[1]!.own.answer = () => ({ type: 'text/html', body: '<html>' });
    for (let i = 0; i < 20; i++) expect((await read()).errors).toBeUndefined();
    expect((await status()).processes.map(({ breaker }: any) => breaker)).toEqual(['closed', 'open']);
    expect((await status()).breaker).toBe('closed');
    expect((await read('mutation { addPerson(name: "x") }')).errors).toBeUndefined();
  });
});

describe('a subgraph whose only process is gone', () => {
  it('is waited for until the deadline of the operation, which then says that nothing was done', async () => {
    const { people, read } = await gatewayOver(1, { deadlineMs: 1_000 });
    await people[0]!.kill();
    const { data, errors } = await read('{ peopleCount places { id } }');
    expect([data.peopleCount, data.places.length]).toEqual([null, 2]);
    expect(errors).toMatchObject([
      { message: expect.stringContaining('nothing was done'), extensions: { code: 'UNAVAILABLE', retryable: true } },
    ]);
    const change = await read('mutation { addPerson(name: "x") }');
    expect(change.errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE', retryable: true } }]);
    await people[0]!.start();
    await eventually(async () => expect((await read()).data).toEqual({ peopleCount: 3 }));
  });

  it('is waited for no longer than HUB_AWAY_MS in all', async () => {
    const { people, read, gateway } = await gatewayOver(1, { awayMs: 500, deadlineMs: 600_000 });
    await people[0]!.kill();
    for (let i = 0; i < 50; i++) expect((await read()).errors?.[0].extensions.code).toBe('UNAVAILABLE');
    expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200);
  });

  it('takes no place from the others while it is waited for', async () => {
    const { people, read, gateway } = await gatewayOver(1, { limits: { inWork: 8, queue: 16 } });
    await people[0]!.kill();
    const waiting = await Promise.all(
      Array.from({ length: 12 }, async (_, i) => bearer(undefined, '5m', { actor: `waiting ${i}` })),
    );
    const answers = waiting.map(each => ask(gateway.url, '{ peopleCount }', { authorization: each }));
    const inWork = async () =>
      Number(/^hub_operations_in_flight (\d+)$/m.exec(await (await fetch(`${gateway.operatorsUrl}/metrics`)).text())?.[1]);
    await eventually(async () => expect(await inWork()).toBe(0));
    expect((await read('{ places { id } }')).errors).toBeUndefined();
    await people[0]!.start();
    for (const { data } of await Promise.all(answers)) expect(data).toEqual({ peopleCount: 3 });
    await eventually(async () => expect(await inWork()).toBe(0));
  });
});

describe('the breaker', () => {
  it('is never opened by the fault of a caller', async () => {
    const { people, read, gateway, status } = await gatewayOver(1, { breaker: { failures: 3, pause: 600_000 } });
    const [one] = people;
    const says = async (answer: ReturnType<Answer>, code: string) => {
      one!.own.answer = () => answer;
      for (let i = 0; i < 5; i++) expect((await read()).errors?.[0].extensions.code).toBe(code);
    };
    for (const code of ['FORBIDDEN', 'INVALID_INPUT', 'CONFLICT', 'NOT_FOUND', 'UNAUTHENTICATED'])
      await says(
        {
          body: JSON.stringify({
            data: { peopleCount: null },
            errors: [{ message: 'No.', path: ['peopleCount'], extensions: { code } }],
          }),
        },
        code,
      );
    await says(
      { status: 401, body: '{"errors":[{"message":"No.","extensions":{"code":"UNAUTHENTICATED"}}]}' },
      'UNAUTHENTICATED',
    );
    await says({ status: 413, body: '{"statusCode":413}' }, 'LIMIT_EXCEEDED');
    await says({ status: 431, type: 'text/plain', body: '' }, 'LIMIT_EXCEEDED');
    await says(
      { status: 503, body: '{"errors":[{"message":"No keys.","extensions":{"code":"UNAVAILABLE","retryable":true}}]}' },
      'UNAVAILABLE',
    );
    const change = await read('mutation { addPerson(name: "x") }');
    expect(change.errors?.[0].extensions).toEqual({ code: 'UNAVAILABLE', retryable: true });
    one!.own.answer = () => undefined;
    for (let i = 0; i < 5; i++)
      await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify({ query: '{ peopleCount }' }),
        signal: AbortSignal.timeout(1),
      }).catch(() => undefined);
    expect((await status()).breaker).toBe('closed');
    expect((await read()).data).toEqual({ peopleCount: 3 });
  });
});

async function connected(port: number) {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

describe('a gateway that is told to stop', () => {
  it('is not ready any more, answers for a while, and ends connections with their next answer', async () => {
    const { gateway, read } = await gatewayOver(1);
    const ready = async () => (await fetch(`${gateway.url}/readyz`)).status;
    expect(await ready()).toBe(200);
    let isClosed = false;
    const leaving = gateway.leave(2_000).then(() => {
      isClosed = true;
    });
    expect([await ready(), (await read()).data]).toEqual([503, { peopleCount: 3 }]);
    expect(isClosed).toBe(false);
    const kept = await connected(gateway.port);
    await leaving;
    let answer = '';
    kept.on('data', chunk => {
      answer += chunk;
    });
    kept.write('GET /livez HTTP/1.1\r\nHost: hub\r\n\r\n');
    await once(kept, 'close');
    expect(answer).toMatch(/^HTTP\/1\.1 200 .*\r\nconnection: close\r\n.*alive/is);
    await expect(connected(gateway.port)).rejects.toThrow('ECONNREFUSED');
  });
});
