import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type Exchange, exchange, finishExchange } from './exchange.ts';

let directory: string;
let exchanges: Exchange[];
const at = (...parts: string[]) => join(directory, ...parts);

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'exchange-'));
  await mkdir(at('new'));
  for (const name of ['key', 'cluster']) {
    await writeFile(at('new', name), `new ${name}`);
    await writeFile(at(name), `old ${name}`);
  }
  exchanges = ['key', 'cluster', 'fresh'].map(name => ({ from: at('new', name), to: at(name), aside: at(`${name}.before`) }));
  await writeFile(at('new', 'fresh'), 'new fresh');
});
afterEach(() => rm(directory, { recursive: true }));

const standing = async () => {
  const names = (await readdir(directory)).filter(name => name !== 'new').toSorted();
  return Object.fromEntries(await Promise.all(names.map(async name => [name, await readFile(at(name), 'utf8')])));
};
const exchanged = {
  key: 'new key',
  cluster: 'new cluster',
  fresh: 'new fresh',
  'key.before': 'old key',
  'cluster.before': 'old cluster',
};

it('an exchange puts everything in its place, what stood there aside, and leaves no trace of itself', async () => {
  await exchange(directory, exchanges);
  expect(await standing()).toEqual(exchanged);
});

it.each([0, 1, 2, 3, 4, 5])('one that was cut off after %i names is finished by the next start', async steps => {
  await writeFile(at('exchange.json'), JSON.stringify(exchanges));
  const names = [
    ['key', 'key.before'],
    ['new/key', 'key'],
    ['cluster', 'cluster.before'],
    ['new/cluster', 'cluster'],
    ['new/fresh', 'fresh'],
  ] as const;
  for (const [from, to] of names.slice(0, steps)) await rename(at(from), at(to));
  await finishExchange(directory);
  expect(await standing()).toEqual(exchanged);
});

it('one that had not been decided changes nothing', async () => {
  await writeFile(at('exchange.json.draft'), JSON.stringify(exchanges).slice(0, 20));
  await finishExchange(directory);
  expect((await standing()).cluster).toBe('old cluster');
});
