import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Hub, startHub } from '@hub/launcher/start-hub';
import { anOrganisation } from '@hub/organisations/factories';
import { createDirectory } from '@hub/postgres/data-directory';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.ts';
import { processesBelow } from './processes-below.ts';
import { ask } from './test-service.ts';

let hub: Hub;
let dataDirectory: string;
const reports: string[] = [];
beforeAll(async () => {
  dataDirectory = await createDirectory(await mkdtemp(join(tmpdir(), 'hub-comes-back-')));
  // Durable: what was acknowledged has to be there after the server was killed.
  hub = await startHub({ dataDirectory, port: 0, report: line => reports.push(line) });
}, 300_000);
afterAll(async () => {
  await hub?.stop();
  await rm(dataDirectory, { recursive: true, force: true });
}, 120_000);

/** Of each part of the hub something that it alone answers. */
const questions: Record<string, () => Promise<boolean>> = {
  ...Object.fromEntries(
    Object.entries({ organisations: 'organisations', people: 'people', campaigns: 'campaigns', programs: 'programs' }).map(
      ([name, list]) => [name, () => answers(`{ ${list}(first: 1) { totalCount } }`)],
    ),
  ),
  identity: async () => (await fetch(`${hub.url}/identity/jwks`)).status === 200,
};

const tokenOfCounty = () => hub.token({ role: 'COMMITTEE', division: '220102' });

async function answers(query: string): Promise<boolean> {
  const { errors } = await ask(hub.url, await tokenOfCounty(), query);
  return errors === undefined;
}

const acknowledged: string[] = [];
const create = 'mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id } }';

async function write(): Promise<undefined> {
  const { data } = await ask(hub.url, await tokenOfCounty(), create, { input: anOrganisation() });
  if (data?.createOrganisation) acknowledged.push(data.createOrganisation.id);
}

/** Asks and writes as long as something happens; answers which parts have failed a question meanwhile. */
async function underLoad(happens: () => Promise<void>): Promise<string[]> {
  const failed = new Set<string>();
  let over = false;
  const repeat = async (name: string, once: () => Promise<boolean | undefined>) => {
    while (!over) {
      if ((await once().catch(() => false)) === false) failed.add(name);
      await pause(50);
    }
  };
  const load = [...Object.entries(questions).map(([name, question]) => repeat(name, question)), repeat('writes', write)];
  await happens().finally(() => {
    over = true;
  });
  await Promise.all(load);
  return [...failed];
}

const list =
  'query ($after: String) { organisations(first: 100, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }';

/** All parts answer, and whatever was acknowledged is there. */
async function whole(): Promise<void> {
  await eventually(async () => {
    for (const [name, question] of Object.entries(questions))
      expect([name, await question().catch(() => false)]).toEqual([name, true]);
  });
  // Writes may go on meanwhile.
  const before = [...acknowledged];
  const there = new Set<string>();
  for (let after: string | null = null; ; ) {
    const { data, errors } = await ask(hub.url, await tokenOfCounty(), list, { after });
    expect(errors).toBeUndefined();
    const { nodes, pageInfo } = data.organisations;
    for (const { id } of nodes) there.add(id);
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  expect(before.filter(id => !there.has(id))).toEqual([]);
}

// A run of this file alone has a database of its own for the tests, which is not the hub's.
const ours = () =>
  processesBelow().filter(({ environment, command }) => [command, ...environment].join().includes(dataDirectory));
const idOf = (name: string) => ours().find(each => each.name === name)?.pid;

async function killed(name: string): Promise<void> {
  const before = idOf(name)!;
  process.kill(before, 'SIGKILL');
  await eventually(() => expect([undefined, before]).not.toContain(idOf(name)));
  await eventually(async () => expect(await (questions[name] ?? questions.organisations!)()).toBe(true));
}

describe('under kill -9', () => {
  it.each(['identity', 'organisations', 'people', 'campaigns', 'programs'])(
    '%s comes back, the others answer throughout, and no acknowledged write is lost',
    async name => {
      const failed = await underLoad(async () => {
        await eventually(() => expect(acknowledged.length).toBeGreaterThan(0));
        await killed(name);
      });
      const hangsOnIt = name === 'organisations' ? ['organisations', 'writes'] : [name];
      expect(failed.filter(each => !hangsOnIt.includes(each))).toEqual([]);
      await whole();
    },
    120_000,
  );

  it('the gateway comes back at its address', async () => {
    await underLoad(() => killed('gateway'));
    await whole();
  }, 120_000);

  it('PostgreSQL comes back, no other process ends over it, and no acknowledged write is lost', async () => {
    const services = () =>
      ours()
        .filter(({ name }) => name && !/^post/.test(name))
        .map(({ name, pid }) => `${name} ${pid}`);
    const before = services();
    const written = acknowledged.length;
    await underLoad(async () => {
      await eventually(() => expect(acknowledged.length).toBeGreaterThan(written));
      await killed('postmaster');
      await whole();
    });
    await whole();
    expect(services()).toEqual(before);
  }, 120_000);

  it('all of them at once come back', async () => {
    for (const { pid, name } of ours()) if (name) process.kill(pid, 'SIGKILL');
    await whole();
    expect(reports.filter(line => /is not started again/.test(line))).toEqual([]);
  }, 120_000);
});
