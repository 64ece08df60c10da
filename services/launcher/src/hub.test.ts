import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { accountFor } from '@hub/postgres/account';
import { binaries } from '@hub/postgres/binaries';
import { runProgram } from '@hub/postgres/program';
import { eventually } from '@hub/test/eventually';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { builtEntries, type Entries, inRepository } from './layout.ts';
import { type Hub, type HubOptions, startHub } from './start-hub.ts';

// A process that keeps the contract of every subgraph and writes down what happens to it.
const stand = `
import { appendFileSync } from 'node:fs';
import { basename } from 'node:path';
import { wholeEnvironment } from '${pathToFileURL(inRepository('services', 'kit', 'dist', 'late-environment.js'))}';
const { HUB_TEST_JOURNAL: journal, HUB_TEST_TROUBLE: trouble = '' } = process.env;
const name = basename(process.argv[1], '.mjs');
const note = (what, more = {}) => appendFileSync(journal, JSON.stringify({ name, what, pid: process.pid, ...more }) + '\\n');
const [who, kind] = trouble.split(':');
if (who === name && kind === 'fails') throw new Error('the database is asleep');
if (who === name && kind === 'waits') { process.stderr.write('the database is away\\n'); process.exit(75); }
note('loaded');
await wholeEnvironment();
const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => /^(DATABASE|MIGRATE)_URL_|^HUB_URL_|^HUB_IDENTITY_|^HUB_SERVICES_|^HUB_(JWKS|ISSUER|PORT|PUBLIC_URL)$/.test(key)));
note('up', { env, ports: Object.fromEntries(Object.entries(process.env).filter(([key]) => /^PORT/.test(key))) });
if (name === 'migrations') process.exit(0);
const end = () => { note('down'); process.exit(0); };
if (!(who === name && kind === 'deaf')) process.on('SIGTERM', end); else process.on('SIGTERM', () => {});
process.on('disconnect', end);
process.on('message', message => note('message', message));
setInterval(() => {}, 1000);
if (!(who === name && kind === 'slow')) process.send({ ready: { port: 40001, operatorsUrl: 'http://127.0.0.1:40002', ports: Object.fromEntries((name === 'subgraphs' ? ['organisations', 'people', 'campaigns', 'programs'] : [name]).map(each => [each, 40001])) } });
`;

let work: string;
let entries: Entries;
const hubs: Hub[] = [];

interface Note {
  name: string;
  what: string;
  pid: number;
  env: Record<string, string>;
  ports: Record<string, string>;
  peers?: object;
}

const journal = () => join(work, 'journal');
const notes = async () =>
  (await readFile(journal(), 'utf8').catch(() => ''))
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as Note);
const names = async (what: string) => (await notes()).filter(note => note.what === what).map(note => note.name);
const ups = async (name: string) => (await notes()).filter(note => note.what === 'up' && note.name === name);
const kill = async (name: string) => process.kill((await ups(name)).at(-1)!.pid, 'SIGKILL');
/** The lives of each process so far. */
const lives = async () => {
  const up = await names('up');
  return Object.fromEntries([...new Set(up)].map(name => [name, up.filter(each => each === name).length]));
};
const postmaster = async () => {
  const [pid, , , port] = (await readFile(join(work, 'data', 'postgres', 'cluster', 'postmaster.pid'), 'utf8')).split('\n');
  return { pid: Number(pid), port };
};
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const noneAlive = async () => (await notes()).every(note => !isAlive(note.pid));
const noPostgres = () =>
  readFile(join(work, 'data', 'postgres', 'cluster', 'postmaster.pid')).then(
    () => false,
    () => true,
  );

async function start(options: Partial<HubOptions> = {}): Promise<Hub> {
  const hub = await startHub({ dataDirectory: join(work, 'data'), port: 0, durable: false, entries, ...options });
  hubs.push(hub);
  return hub;
}

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'hub-launcher-'));
  // As root PostgreSQL runs as another user, who must be able to pass through.
  await chmod(work, 0o711);
  process.env.HUB_TEST_JOURNAL = journal();
  const stands = join(work, 'stands');
  await mkdir(stands);
  for (const name of ['identity', 'organisations', 'people', 'campaigns', 'programs', 'subgraphs', 'migrations', 'gateway'])
    await writeFile(join(stands, `${name}.mjs`), stand);
  entries = {
    postgres: builtEntries.postgres,
    gateway: join(stands, 'gateway.mjs'),
    identity: join(stands, 'identity.mjs'),
    service: name => join(stands, `${name}.mjs`),
    together: join(stands, 'subgraphs.mjs'),
    migrations: join(stands, 'migrations.mjs'),
  };
});

afterAll(() => rm(work, { recursive: true, force: true }));

afterEach(async () => {
  delete process.env.HUB_TEST_TROUBLE;
  for (const hub of hubs.splice(0)) await hub.stop();
  expect(await noneAlive()).toBe(true);
  expect(await noPostgres()).toBe(true);
  await rm(journal(), { force: true });
});

async function startWith(variable: string, value: string): Promise<void> {
  process.env[variable] = value;
  try {
    await start();
  } finally {
    delete process.env[variable];
  }
}

describe('a hub', () => {
  it('has all its processes load at once; none begins before those it needs serve', async () => {
    process.env.HUB_TEST_TROUBLE = 'identity:slow';
    const stop = new AbortController();
    const starting = start({ signal: stop.signal });
    await eventually(async () =>
      expect([(await names('loaded')).toSorted(), await names('up')]).toEqual([
        ['campaigns', 'gateway', 'identity', 'migrations', 'organisations', 'people', 'programs'],
        ['migrations', 'identity'],
      ]),
    );
    stop.abort();
    await expect(starting).rejects.toThrow();
  });

  it('migrates, starts identity and the organisations first, the gateway last, and stops in the opposite order', async () => {
    const hub = await start();
    const up = await names('up');
    expect(up.slice(0, 3)).toEqual(['migrations', 'identity', 'organisations']);
    expect([up.slice(3, 6).toSorted(), up[6]]).toEqual([['campaigns', 'people', 'programs'], 'gateway']);
    await hub.stop();
    const down = await names('down');
    expect([down[0], down.length]).toEqual(['gateway', 6]);
  });

  it('gives each process what it needs, and a service no database but its own, as nobody of power', async () => {
    await start();
    const env = Object.fromEntries((await notes()).filter(note => note.what === 'up').map(note => [note.name, note.env]));
    const common = ['HUB_IDENTITY_ISSUER', 'HUB_IDENTITY_JWKS', 'HUB_JWKS'];
    const credentials = ['HUB_SERVICES_SECRET', 'HUB_SERVICES_TOKEN_URL'];
    expect(Object.keys(env.identity!).toSorted()).toEqual([
      'DATABASE_URL_IDENTITY',
      'HUB_IDENTITY_SECRET',
      'HUB_JWKS',
      'HUB_PUBLIC_URL',
      'HUB_SERVICES_SECRET',
    ]);
    expect(env.gateway!.HUB_IDENTITY_ISSUER).toBe(`${env.identity!.HUB_PUBLIC_URL}/identity`);
    expect(Object.keys(env.organisations!).toSorted()).toEqual(['DATABASE_URL_ORGANISATIONS', ...common]);
    expect(Object.keys(env.people!).toSorted()).toEqual([
      'DATABASE_URL_PEOPLE',
      ...common.slice(0, 2),
      'HUB_IDENTITY_KEY',
      'HUB_JWKS',
      ...credentials,
      'HUB_URL_ORGANISATIONS',
    ]);
    const owners = ['CAMPAIGNS', 'IDENTITY', 'ORGANISATIONS', 'PEOPLE', 'PROGRAMS'].map(name => `MIGRATE_URL_${name}`);
    expect(Object.keys(env.migrations!).toSorted()).toEqual(['HUB_JWKS', ...owners]);
    expect(env.people!.DATABASE_URL_PEOPLE).toMatch(/^postgres:\/\/hub_people:\w+@127\.0\.0\.1:\d+\/hub_people$/);
    const urls = ['HUB_URL_CAMPAIGNS', 'HUB_URL_IDENTITY', 'HUB_URL_ORGANISATIONS', 'HUB_URL_PEOPLE', 'HUB_URL_PROGRAMS'];
    expect(Object.keys(env.gateway!).toSorted()).toEqual([...common, 'HUB_PORT', 'HUB_PUBLIC_URL', ...urls]);
  });

  it('leaves identity out where another issuer takes its place', async () => {
    await startWith('HUB_ISSUER', 'https://login.example.org');
    expect(await names('up')).not.toContain('identity');
    const gateway = (await notes()).find(note => note.name === 'gateway' && note.what === 'up')!.env;
    expect(gateway).toMatchObject({ HUB_ISSUER: 'https://login.example.org' });
    expect(Object.keys(gateway)).not.toContain('HUB_URL_IDENTITY');
    expect(Object.keys(gateway)).not.toContain('HUB_IDENTITY_ISSUER');
  });

  it('serves all subgraphs from one process where that is asked for', async () => {
    await startWith('HUB_SUBGRAPHS', 'together');
    expect(await names('up')).toEqual(['migrations', 'identity', 'subgraphs', 'gateway']);
    const [, , subgraphs, gateway] = (await notes()).filter(note => note.what === 'up').map(note => note.env);
    const databases = ['CAMPAIGNS', 'ORGANISATIONS', 'PEOPLE', 'PROGRAMS'];
    expect(Object.keys(subgraphs!).toSorted()).toEqual([
      ...databases.map(name => `DATABASE_URL_${name}`),
      'HUB_IDENTITY_ISSUER',
      'HUB_IDENTITY_JWKS',
      'HUB_IDENTITY_KEY',
      'HUB_JWKS',
      'HUB_SERVICES_SECRET',
      'HUB_SERVICES_TOKEN_URL',
    ]);
    expect(Object.keys(gateway!).filter(name => name.startsWith('HUB_URL_'))).toHaveLength(5);
    await kill('subgraphs');
    await eventually(async () =>
      expect((await ups('subgraphs'))[1]?.ports).toMatchObject({ PORT_ORGANISATIONS: '40001', PORT_PROGRAMS: '40001' }),
    );
  });

  it("tells the identity service and whoever follows others the services' secret, by a message, and nobody else", async () => {
    await startWith('HUB_SERVICES_SECRET', 'of a test, with more than 32 characters');
    const up = (await notes()).filter(note => note.what === 'up');
    const told = up.filter(({ env }) => env.HUB_SERVICES_SECRET === 'of a test, with more than 32 characters');
    expect(told.map(({ name }) => name).toSorted()).toEqual(['campaigns', 'identity', 'people', 'programs']);
    for (const { name, pid } of up.filter(note => note.name !== 'migrations')) {
      const environment = (await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')).split('\0');
      expect([name, environment.filter(each => each.startsWith('HUB_SERVICES_SECRET='))]).toEqual([name, []]);
    }
  });

  it('says at the start that nothing is followed where another issuer gives out the tokens and the services have no credentials', async () => {
    const lines: string[] = [];
    process.env.HUB_ISSUER = 'https://login.example.org';
    try {
      await start({ report: line => lines.push(line) });
    } finally {
      delete process.env.HUB_ISSUER;
    }
    expect(lines).toEqual([expect.stringContaining('HUB_SERVICES_CLIENT')]);
  });

  const oneLife = { migrations: 1, identity: 1, organisations: 1, people: 1, campaigns: 1, programs: 1, gateway: 1 };

  it.each(['identity', 'organisations', 'people', 'campaigns', 'programs', 'gateway'])(
    'starts %s again when it is lost: where it was, as it was, and no other with it',
    async name => {
      const reports: string[] = [];
      await start({ report: line => reports.push(line) });
      await kill(name);
      await eventually(() => expect(reports).toHaveLength(2));
      expect(reports[0]).toMatch(
        new RegExp(
          `^${name} 意外结束，0.2 秒后重新启动。 ${name} ended unexpectedly \\(killed by SIGKILL\\); its log is .*It is started again in 0.2 s.$`,
        ),
      );
      expect(reports[1]).toMatch(new RegExp(`^${name} 已恢复。 ${name} is back after [\\d.]+ s.$`));
      const [before, after] = await ups(name);
      expect(after!.env).toEqual(before!.env);
      expect(await lives()).toEqual({ ...oneLife, [name]: 2 });
      if (name !== 'gateway') expect(after!.ports[name === 'identity' ? 'PORT' : `PORT_${name.toUpperCase()}`]).toBe('40001');
      const log = await readFile(join(work, 'data', 'logs', 'launcher.log'), 'utf8');
      expect(log).toMatch(
        new RegExp(`"process":"${name}","event":"ended","reason":"${name} ended unexpectedly \\(killed by SIGKILL`),
      );
    },
  );

  it('tells a process that took the place of another what that one had been told', async () => {
    await start();
    await kill('identity');
    await eventually(async () => {
      const { pid } = (await ups('identity'))[1]!;
      const told = (await notes()).filter(note => note.what === 'message' && note.pid === pid);
      expect(told.map(({ peers }) => peers).find(Boolean)).toEqual({ organisations: 'http://127.0.0.1:40001' });
    });
  });

  it('stops altogether when a process has ended five times within a minute, and says which and what to do', async () => {
    const hub = await start();
    for (let end = 1; end <= 5; end++) {
      await eventually(async () => expect(await ups('campaigns')).toHaveLength(end));
      await kill('campaigns');
    }
    expect(await hub.lost).toMatch(
      /^campaigns 在一分钟内结束了五次.* campaigns ended five times within a minute and is not started again: mend the cause, then run "npm start"\. The last time: campaigns (?:ended unexpectedly|could not start)/,
    );
  });

  it('says why a process that was lost does not come back', async () => {
    const hub = await start();
    process.env.HUB_TEST_TROUBLE = 'people:fails';
    await kill('people');
    expect(await hub.lost).toMatch(/ The last time: people could not start: the database is asleep$/);
  });

  it('starts a process again however often that ends over a database that is away', async () => {
    const reports: string[] = [];
    const hub = await start({ report: line => reports.push(line) });
    process.env.HUB_TEST_TROUBLE = 'people:waits';
    await kill('people');
    await eventually(() => expect(reports.filter(line => /the database is away/.test(line))).toHaveLength(5));
    delete process.env.HUB_TEST_TROUBLE;
    await eventually(() => expect(reports.at(-1)).toMatch(/people is back after/));
    expect(await Promise.race([hub.lost, 'goes on'])).toBe('goes on');
  });

  it('can be stopped while a process waits to be started again', async () => {
    const reports: string[] = [];
    const hub = await start({ report: line => reports.push(line) });
    await kill('people');
    await eventually(() => expect(reports).toHaveLength(1));
    await hub.stop();
    expect(await ups('people')).toHaveLength(1);
  });

  it('starts PostgreSQL again on its port when it was killed, stopped or restarted from outside, and no service with it', async () => {
    const reports: string[] = [];
    const hub = await start({ report: line => reports.push(line) });
    const first = await postmaster();
    const signal = (name: NodeJS.Signals) => async (pid: number) => process.kill(pid, name);
    const pgCtl = async () => {
      const cluster = join(work, 'data', 'postgres', 'cluster');
      await runProgram((await binaries()).pg_ctl, ['restart', '-D', cluster, '-m', 'fast', '-W'], await accountFor(cluster));
    };
    for (const [times, end] of [signal('SIGKILL'), signal('SIGINT'), pgCtl].entries()) {
      const { pid } = await postmaster();
      await end(pid);
      await eventually(() => expect(reports.filter(line => /^postgres 已恢复/.test(line))).toHaveLength(times + 1));
      const again = await postmaster();
      expect([again.port, again.pid !== pid]).toEqual([first.port, true]);
    }
    expect(await lives()).toEqual(oneLife);
    await hub.stop();
  });

  it('stops when the disk is full, and says so', async () => {
    const postgres = join(work, 'stands', 'postgres.mjs');
    const built = pathToFileURL(inRepository('services', 'postgres', 'dist', 'start-postgres.js'));
    // A server that serves until it is told that nothing more can be written, and then ends as PostgreSQL does.
    await writeFile(
      postgres,
      `import { startPostgres } from '${built}';
      const { adminUrl, stop } = await startPostgres({ dataDirectory: process.argv[2], durable: false });
      process.on('SIGUSR2', async () => {
        await stop();
        console.error('PANIC:  could not write to file "pg_wal/xlogtemp.7": No space left on device');
        process.exit(1);
      });
      process.on('SIGTERM', () => stop().then(() => process.exit(0)));
      process.on('disconnect', () => undefined);
      process.send({ ready: { adminUrl, pid: process.pid } });
      (await import('node:fs')).writeFileSync(${JSON.stringify(join(work, 'stand-pid'))}, String(process.pid));`,
    );
    const hub = await start({ entries: { ...entries, postgres } });
    process.kill(Number(await readFile(join(work, 'stand-pid'), 'utf8')), 'SIGUSR2');
    expect(await hub.lost).toMatch(/^磁盘已满，.*The disk with .*data is full, .*: make room, then run "npm start"\.$/);
  });

  it('refuses a way to run the subgraphs that it does not know', async () => {
    await expect(startWith('HUB_SUBGRAPHS', 'alone')).rejects.toThrow('HUB_SUBGRAPHS is "alone": use apart or together.');
  });

  it('says in one line without a stack why a process could not start', async () => {
    process.env.HUB_TEST_TROUBLE = 'people:fails';
    await expect(start()).rejects.toThrow(/^people could not start: the database is asleep$/);
  });

  it('does not serve where the databases could not be brought up to date', async () => {
    process.env.HUB_TEST_TROUBLE = 'migrations:fails';
    await expect(start()).rejects.toThrow(/^migrations could not be done: the database is asleep$/);
    expect(await names('up')).toEqual([]);
  });

  it('kills a process that does not obey', async () => {
    process.env.HUB_TEST_TROUBLE = 'programs:deaf';
    const hub = await start();
    const { pid } = (await notes()).find(note => note.name === 'programs')!;
    await hub.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('can be stopped while it starts', async () => {
    for (const [trouble, delay] of [
      ['', 1],
      ['', 150],
      ['people:slow', 3_000],
    ] as const) {
      process.env.HUB_TEST_TROUBLE = trouble;
      const stop = new AbortController();
      const starting = start({ signal: stop.signal });
      setTimeout(() => stop.abort(), delay);
      await expect(starting).rejects.toThrow();
      expect([delay, await noneAlive(), await noPostgres()]).toEqual([delay, true, true]);
    }
  });

  it('does not share its data with another', async () => {
    await start();
    await expect(start()).rejects.toThrow(
      /^Another hub runs with the data in .*: stop it first, or set HUB_DATA to another folder\.$/,
    );
  });

  it('refuses a port that is taken before it starts anything', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    await expect(start({ port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use`);
    other.close();
    expect(await notes()).toEqual([]);
  });

  it('does not start when the sample cannot be loaded', async () => {
    const loader = () => Promise.reject(new Error('no rows'));
    await expect(start({ sample: 'changchun', loader })).rejects.toThrow(/^The sample city could not be loaded: no rows/);
  });

  it('leaves nothing behind when its launcher is killed', async () => {
    const script = join(work, 'launcher.mjs');
    const entry = (name: string) => JSON.stringify(join(work, 'stands', `${name}.mjs`));
    await writeFile(
      script,
      `import { startHub } from ${JSON.stringify(join(import.meta.dirname, '..', 'dist', 'start-hub.js'))};
      const service = name => ${entry('NAME')}.replace('NAME', name);
      const entries = { postgres: ${JSON.stringify(entries.postgres)}, gateway: ${entry('gateway')}, migrations: ${entry('migrations')}, identity: ${entry('identity')}, service };
      await startHub({ dataDirectory: ${JSON.stringify(join(work, 'data'))}, port: 0, durable: false, entries });
      process.send('up');`,
    );
    const launcher = spawn(process.execPath, [script], { env: process.env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    await once(launcher, 'message');
    launcher.kill('SIGKILL');
    await once(launcher, 'exit');
    await eventually(async () => expect([await noneAlive(), await noPostgres()]).toEqual([true, true]));
  });
});
