import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRepository } from '@hub/launcher/layout';
import { startHub } from '@hub/launcher/start-hub';
import { connected, urlFor } from '@hub/postgres/administrator';
import { createDirectory } from '@hub/postgres/data-directory';
import { type RunningPostgres, startPostgres } from '@hub/postgres/start-postgres';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from './test-service.ts';

let work: string;
let server: RunningPostgres;
/** May make roles and databases, and is no superuser: what managed services give. */
let dba: string;
let variables: Record<string, string>;

const asSuperuser = (...statements: string[]) =>
  connected(server.adminUrl, async run => {
    for (const statement of statements) await run(statement);
  });

function provision(args: string[], address?: string, input?: string): Promise<{ code: number; out: string; err: string }> {
  const env = { PATH: process.env.PATH, ...(address && { DATABASE_URL_ADMINISTRATOR: address }) };
  return new Promise(resolve => {
    const file = inRepository('services', 'launcher', 'dist', 'provision.js');
    const child = execFile(process.execPath, [file, ...args], { env }, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    );
    child.stdin!.end(input);
  });
}

const variablesIn = (out: string) =>
  Object.fromEntries([...out.matchAll(/^(\w+)=(.+)$/gm)].map(([, name, value]) => [name, value]));

/** All that provisioning can change, as the catalogue has it. */
const catalogue = () =>
  connected(server.adminUrl, async run => [
    await run('select * from pg_authid order by rolname'),
    await run('select * from pg_auth_members order by oid'),
    await run('select * from pg_db_role_setting order by setrole'),
    await run('select datname, datdba, datacl, datlocale from pg_database order by 1'),
    await connected(urlFor(server.adminUrl, 'hub_people'), async inside => [
      await inside('select nspname, nspowner, nspacl from pg_namespace order by 1'),
      await inside('select oid, proacl from pg_proc where proacl is not null order by 1'),
    ]),
  ]);

beforeAll(async () => {
  work = await createDirectory(await mkdtemp(join(tmpdir(), 'hub-provision-')));
  server = await startPostgres({ dataDirectory: join(work, 'server'), durable: false });
  await asSuperuser(
    `create role dba login createrole createdb password 'of-the-dba'`,
    `alter system set log_statement = 'all'`,
    'select pg_reload_conf()',
  );
  dba = urlFor(server.adminUrl, 'postgres', 'dba', 'of-the-dba');
}, 120_000);

afterAll(async () => {
  for (const name of Object.keys(variables ?? {})) delete process.env[name];
  await server?.stop();
  await rm(work, { recursive: true, force: true });
});

describe('npm run provision', () => {
  it('with an administrator who is no superuser makes all that a hub needs', async () => {
    const { code, out, err } = await provision([], dba);
    expect(err.split('\n').filter(line => /^WRONG/.test(line))).toEqual([]);
    expect(code).toBe(0);
    expect(err).toContain('Mended: the database hub_people is missing.');
    // What only a superuser can do is named, and is not needed.
    expect(err).toContain('Missing: the role hub_people_owner has not the rights of pg_read_all_stats');
    expect(err).toMatch(/Missing: everybody may call \d+ functions in hub_people that write past row security/);
    variables = variablesIn(out);
    expect(Object.keys(variables).filter(name => /^(DATABASE|MIGRATE)_URL_/.test(name))).toHaveLength(10);
    Object.assign(process.env, variables);
    const hub = await startHub({ dataDirectory: join(work, 'data'), port: 0, durable: false });
    try {
      const token = await hub.token({ role: 'COMMITTEE', division: '220102' });
      const { data } = await ask(hub.url, token, '{ organisations { totalCount } division(code: "220102") { name } }');
      expect(data).toEqual({ organisations: { totalCount: 0 }, division: { name: '南关区' } });
    } finally {
      await hub.stop();
    }
  }, 120_000);

  it('tells no password to the log of a server that logs all statements', async () => {
    const log = await readFile(join(server.directory, 'postgres.log'), 'utf8');
    expect(log).toContain('create role hub_people ');
    const passwords = Object.values(variables).map(url => new URL(url).password);
    expect(new Set(passwords).size).toBe(10);
    expect(passwords.filter(password => log.includes(password))).toEqual([]);
  });

  it('leaves the administrator without the rights of the owners', async () => {
    const inside = connected(urlFor(dba, 'hub_people'), run => run('select count(*) from revision'));
    await expect(inside).rejects.toThrow('permission denied for table revision');
  });

  it('changes nothing the second time and says so', async () => {
    const before = await catalogue();
    const { code, out, err } = await provision([], undefined, `${dba}\n`);
    expect([code, err.split('\n').filter(line => /^(Mended|WRONG)/.test(line))]).toEqual([0, []]);
    expect(err).toContain('Nothing was changed.\n');
    expect(variablesIn(out)).toEqual({});
    expect(out).toContain(
      `# DATABASE_URL_PEOPLE=postgres://hub_people:PASSWORD-MADE-EARLIER@127.0.0.1:${server.port}/hub_people`,
    );
    expect(await catalogue()).toEqual(before);
  }, 30_000);

  it('with a superuser does the rest, once', async () => {
    const { code, err } = await provision([], server.adminUrl);
    expect([code, err]).toEqual([
      0,
      expect.stringContaining('Mended: the role hub_people_owner has not the rights of pg_read_all'),
    ]);
    expect((await provision([server.adminUrl])).err).toBe('All is as it should be: nothing was changed.\n');
  }, 30_000);

  it('says what is wrong and how to mend it, and changes nothing when it is only to look', async () => {
    await asSuperuser(
      'alter role hub_people bypassrls',
      'revoke hub_auditor from hub_programs granted by dba',
      'grant pg_read_all_data to hub_committee',
      'alter role hub_campaigns reset statement_timeout',
      'grant temporary on database hub_programs to public',
      'drop database hub_campaigns',
      `create database hub_campaigns owner hub_campaigns_owner locale_provider icu icu_locale 'zh-CN' locale 'C' template template0`,
    );
    const before = await catalogue();
    const { code, out, err } = await provision(['--check'], server.adminUrl);
    expect([code, out]).toEqual([1, '']);
    const faults = err.split('\n').filter(line => /^WRONG|^ {2}/.test(line));
    expect(faults).toEqual([
      'WRONG: the role hub_committee is a member of pg_read_all_data as it must not be',
      '  To mend it: revoke pg_read_all_data from hub_committee granted by postgres;',
      'WRONG: the role hub_people is BYPASSRLS: it bypasses row security',
      '  To mend it: alter role hub_people nobypassrls;',
      'WRONG: the role hub_campaigns has no statement_timeout of 30s',
      `  To mend it: alter role hub_campaigns set statement_timeout = '30s';`,
      'WRONG: the role hub_programs may not take hub_auditor',
      '  To mend it: grant hub_auditor to hub_programs with inherit false, set true;',
      'WRONG: the database hub_campaigns is UTF8 with the collation zh-CN, not UTF8 with C.UTF-8',
      '  A collation cannot be changed: dump hub_campaigns, drop it, run this again, and restore the dump into it.',
      'WRONG: everybody has CONNECT, TEMPORARY on the database hub_campaigns',
      '  To mend it: revoke all on database hub_campaigns from public;',
      'WRONG: hub_campaigns, hub_campaigns_owner may not connect to the database hub_campaigns',
      '  To mend it: grant connect on database hub_campaigns to "hub_campaigns", "hub_campaigns_owner";',
      'WRONG: everybody has TEMPORARY on the database hub_programs',
      '  To mend it: revoke all on database hub_programs from public;',
      'WRONG: the schema public of hub_campaigns belongs to pg_database_owner',
      '  To mend it: alter schema public owner to hub_campaigns_owner;',
      expect.stringMatching(/^ {2}The hub works without: no code of the hub calls them/),
      '  It takes a superuser of the server; where nobody is one, leave it.',
      expect.stringMatching(/^ {2}To mend it: revoke execute on function lo/),
      '  To mend it: grant execute on function pg_cancel_backend(integer) to hub_campaigns;',
    ]);
    expect(await catalogue()).toEqual(before);
  }, 30_000);

  it('mends what can be mended and goes on naming what cannot', async () => {
    const { code, err } = await provision([], server.adminUrl);
    expect(code).toBe(1);
    expect(err.split('\n').filter(line => /^(WRONG|Missing)/.test(line))).toEqual([
      'WRONG: the database hub_campaigns is UTF8 with the collation zh-CN, not UTF8 with C.UTF-8',
    ]);
    await asSuperuser('drop database hub_campaigns');
    expect((await provision([], server.adminUrl)).code).toBe(0);
  }, 30_000);

  it('names what an administrator lacks', async () => {
    await asSuperuser('drop database hub_campaigns', 'alter role dba nocreatedb nocreaterole');
    const { code, err } = await provision(['campaigns'], dba);
    expect(code).toBe(1);
    expect(err).toContain('WRONG: the database hub_campaigns is missing (not mended: permission denied to create database)');
    expect(err).toContain('WRONG: dba lacks CREATEROLE and CREATEDB\n  To mend it: alter role "dba" createrole createdb;');
  }, 30_000);

  it('makes new passwords when asked, after which the old ones end', async () => {
    const { out } = await provision(['people', '--new-passwords'], server.adminUrl);
    const renewed = variablesIn(out);
    expect(Object.keys(renewed)).toEqual(['DATABASE_URL_PEOPLE', 'MIGRATE_URL_PEOPLE']);
    await connected(renewed.DATABASE_URL_PEOPLE!, run => run('select 1'));
    await expect(connected(variables.DATABASE_URL_PEOPLE!, run => run('select 1'))).rejects.toThrow(
      `hub_people at 127.0.0.1:${server.port} as hub_people cannot be reached: password authentication failed`,
    );
  });

  it('says in a line what address it wants, and of a wrong one no password', async () => {
    const none = await provision([]);
    expect([none.code, none.err.split('\n')[0]]).toEqual([
      1,
      'Give the address of an administrator, such as postgres://postgres:…@127.0.0.1:5432/postgres.',
    ]);
    const wrong = await provision(['postgres://someone:very-secret@127.0.0.1:1/postgres']);
    expect([wrong.code, wrong.err]).toEqual([
      1,
      expect.stringMatching(/^postgres at 127\.0\.0\.1:1 as someone cannot be reached: /),
    ]);
    expect(wrong.err).not.toContain('very-secret');
  });
});
