import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { composeServices } from '@apollo/composition';
import { eventually } from '@hub/test/eventually';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { ask, imaginedHub, peopleTypeDefs, supergraphSdl } from './testing/imagined-hub.ts';
import { typeDefs } from './testing/places.ts';
import { bearer, keys } from './testing/tokens.ts';

/** The same hub, where places also has a count, and `trouble` is gone. */
const { supergraphSdl: next } = composeServices([
  { name: 'places', typeDefs: parse(typeDefs.replace('trouble(kind: String!): String', 'count: Int')), url: 'http://unused' },
  { name: 'people', typeDefs: parse(peopleTypeDefs), url: 'http://unused' },
]);
/** A supergraph with a subgraph more, which this gateway has no URL for. */
const { supergraphSdl: larger } = composeServices([
  { name: 'places', typeDefs: parse(typeDefs), url: 'http://unused' },
  { name: 'people', typeDefs: parse(peopleTypeDefs), url: 'http://unused' },
  { name: 'weather', typeDefs: parse('type Query { rain: Int }'), url: 'http://unused' },
]);

let hub: Awaited<ReturnType<typeof imaginedHub>>;
let directory: string;
let file: string;
let child: ChildProcess;
let url: string;
let operatorsUrl: string;
let output = '';
let authorization: string;

beforeAll(async () => {
  hub = await imaginedHub();
  authorization = await bearer();
  directory = await mkdtemp(join(tmpdir(), 'gateway-'));
  file = join(directory, 'supergraph.graphql');
  await writeFile(join(directory, 'jwks.json'), JSON.stringify(keys));
  await writeFile(file, supergraphSdl);
  child = fork(fileURLToPath(new URL('./main.ts', import.meta.url)), [], {
    env: {
      PATH: process.env.PATH ?? '',
      HUB_PORT: '0',
      HUB_OPERATORS_PORT: '0',
      HUB_JWKS: pathToFileURL(join(directory, 'jwks.json')).href,
      HUB_SUPERGRAPH: file,
      HUB_URL_PLACES: hub.places.url,
      HUB_URL_PEOPLE: hub.people.url,
    },
    execArgv: ['--experimental-transform-types', '--conditions=source', '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  child.stdout!.on('data', chunk => {
    output += chunk;
  });
  const [{ ready }] = (await once(child, 'message')) as [{ ready: { port: number; operatorsUrl: string } }];
  operatorsUrl = ready.operatorsUrl;
  url = `http://127.0.0.1:${ready.port}`;
});
afterAll(async () => {
  child.kill('SIGTERM');
  await once(child, 'exit');
  await hub.stop();
  await rm(directory, { recursive: true });
});

async function until<T>(act: () => T | Promise<T>, isSo: (value: T) => boolean): Promise<T> {
  for (let i = 0; i < 2_000; i++) {
    const value = await act();
    if (isSo(value)) return value;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  return await act();
}

const logged = (message: string) =>
  until(
    () => output.split('\n').filter(line => line.includes(`"msg":"${message}"`)),
    lines => lines.length > 0,
  ).then(lines => JSON.parse(lines.at(-1) ?? '{}'));

const reload = async (text: string) => {
  output = '';
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
  child.kill('SIGHUP');
};

/** Asks without a pause, a few at a time, until told to stop, which tells what did not go well. */
function traffic() {
  let isOver = false;
  const bad: unknown[] = [];
  let good = 0;
  const one = async () => {
    while (!isOver) {
      const { status, errors } = await ask(url, '{ places { id people } peopleCount }', { authorization });
      if (status === 200 && !errors) good++;
      else bad.push({ status, errors });
    }
  };
  const all = Promise.all(Array.from({ length: 4 }, one));
  return {
    /** Until this many more were answered well. */
    more: (count: number, before = good) => eventually(() => expect(good).toBeGreaterThanOrEqual(before + count)),
    stop: async () => {
      isOver = true;
      await all;
      return bad;
    },
  };
}

const fields = async () => {
  const { data } = await ask(url, '{ __schema { queryType { fields { name } } } }', { authorization });
  return data.__schema.queryType.fields.map(({ name }: { name: string }) => name);
};
const hash = async () =>
  ((await (await fetch(`${operatorsUrl}/status`)).json()) as { supergraph: { hash: string } }).supergraph.hash;

describe('another supergraph', () => {
  it('takes the place of the present one without a failed request, and the log says what it adds and removes', async () => {
    const { more, stop } = traffic();
    await more(5);
    const before = await hash();
    await reload(next!);
    const line = await logged('supergraph replaced');
    expect(line).toMatchObject({ from: before, adds: ['Query.count'], removes: ['Query.trouble', 'Query.trouble(kind:)'] });
    expect(line.breaking).toEqual(['Query.trouble was removed.']);
    expect(await until(fields, names => names.includes('count'))).not.toContain('trouble');
    await more(5);
    await reload(supergraphSdl);
    await logged('supergraph replaced');
    expect(await until(fields, names => names.includes('trouble'))).not.toContain('count');
    await more(5);
    expect(await stop()).toEqual([]);
    expect(await hash()).toBe(before);
  });

  it('is also taken up without a signal, when the file changes', async () => {
    output = '';
    await writeFile(file, next!);
    await logged('supergraph replaced');
    expect(await until(fields, names => names.includes('count'))).toContain('count');
    await reload(supergraphSdl);
    await logged('supergraph replaced');
  });

  it.each([
    ['cannot be parsed', 'type {', /Syntax Error/],
    ['is no supergraph', 'type Query { a: Int }', /join__Graph/],
    ['does not hold together', supergraphSdl.replace('type Place\n', 'type Palace\n'), /Place/],
    ['needs a subgraph without a URL', larger!, /HUB_URL_WEATHER/],
    ['is empty', '', /Syntax Error/],
  ])('that %s is refused, and the present one stays', async (_name, text, reason) => {
    const before = await hash();
    const { stop } = traffic();
    await reload(text);
    const line = await logged('supergraph refused');
    expect(line).toMatchObject({ level: 50, stays: before, reason: expect.stringMatching(reason) });
    expect([await hash(), (await fields()).includes('peopleCount')]).toEqual([before, true]);
    expect(await stop()).toEqual([]);
  });
});
