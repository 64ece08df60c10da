import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { services } from '@hub/launcher/layout';
import { type Hub, startHub } from '@hub/launcher/start-hub';
import { createDirectory } from '@hub/postgres/data-directory';
import { passwordsOf } from '@hub/postgres/passwords';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { processesBelow } from './processes-below.ts';

let hub: Hub;
let dataDirectory: string;
const ofTheRun = { HUB_TEST_ADMIN_URL: process.env.HUB_TEST_ADMIN_URL, HUB_TEST_URLS: process.env.HUB_TEST_URLS };

beforeAll(async () => {
  // Every process inherits what this run knows of its own database.
  for (const name of Object.keys(ofTheRun)) delete process.env[name];
  process.env.DATABASE_URL_ADMINISTRATOR = 'postgres://dba:of-the-administrator@127.0.0.1/postgres';
  dataDirectory = await createDirectory(await mkdtemp(join(tmpdir(), 'hub-owners-')));
  hub = await startHub({ dataDirectory, port: 0, durable: false });
}, 120_000);

afterAll(async () => {
  await hub?.stop();
  delete process.env.DATABASE_URL_ADMINISTRATOR;
  Object.assign(process.env, ofTheRun);
  await rm(dataDirectory, { recursive: true, force: true });
});

describe('a running hub', () => {
  it("shows no owner's password in the environment or the command of any process", async () => {
    const processes = processesBelow();
    const programs = processes.map(({ command }) => /(\w+)\/dist\/(\w+)\.js/.exec(command)?.slice(1).join(' ')).filter(Boolean);
    const serving = ['campaigns', 'gateway', 'identity', 'organisations', 'people', 'postgres', 'programs'];
    // The run has a database of its own, whose supervisor is there too where this file runs alone.
    expect([...new Set(programs)].toSorted()).toEqual(serving.map(name => `${name} main`));
    const secret = (await readFile(join(dataDirectory, 'postgres', 'password'), 'utf8')).trim();
    const passwordOf = passwordsOf(`postgres://postgres:${secret}@127.0.0.1/postgres`);
    const secrets = [secret, 'of-the-administrator', ...services.map(name => passwordOf(`hub_${name}_owner`))];
    const shown = processes.flatMap(({ pid, command, environment }) =>
      [command, ...environment]
        .filter(text => /^MIGRATE_URL/.test(text) || secrets.some(each => text.includes(each)))
        .map(text => `${pid} ${text.split('=')[0]}`),
    );
    expect(shown).toEqual([]);
    // So that the test would see one: the powerless logins' passwords are there where they are not told by message.
    expect(processes.some(({ environment }) => environment.some(text => text.startsWith('DATABASE_URL_PEOPLE=')))).toBe(true);
  });
});
