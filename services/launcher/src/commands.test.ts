import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { checkSettings } from './check-settings.ts';
import { inRepository } from './layout.ts';
import { ledgers } from './ledgers.ts';

let work: string;

interface Outcome {
  code: number;
  out: string;
  err: string;
}

const run = (command: string, args: string[], env: Record<string, string> = {}) =>
  new Promise<Outcome>(resolve => {
    const file = join(import.meta.dirname, '..', 'dist', `${command}.js`);
    const all = { ...process.env, HUB_DATA: join(work, 'data'), npm_lifecycle_event: 'test', ...env };
    execFile(process.execPath, [file, ...args], { env: all }, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'hub-commands-'));
});

afterAll(() => rm(work, { recursive: true, force: true }));

describe('npm run token', () => {
  it('prints one token on the last line', async () => {
    const { code, out } = await run('token', [
      '--role',
      'committee',
      '--division',
      '220102',
      '--scope',
      'people:read people:personal',
    ]);
    expect(code).toBe(0);
    expect(decodeJwt(out.trimEnd().split('\n').at(-1)!)).toMatchObject({
      sub: 'committee-220102',
      scope: 'people:read people:personal',
      hub: { role: 'COMMITTEE', division: '220102' },
    });
  });

  it('refuses a division that does not exist', async () => {
    const { code, err } = await run('token', ['--role', 'COMMITTEE', '--division', '229999']);
    expect([code, err.split('\n')[0]]).toEqual([2, 'There is no division 229999.']);
  });

  it('explains itself and exits with 2 when it is used wrongly', async () => {
    for (const args of [[], ['--role', 'COMMITTEE'], ['--rule', 'x'], ['--role', 'KING', '--division', '220102']]) {
      const { code, out, err } = await run('token', args);
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain('Example: npm run -s token -- --role COMMITTEE --division 220102');
    }
  });
});

describe('npm run import', () => {
  const counts = { created: 1, updated: 0, unchanged: 0, skipped: 1, conflict: 0, possibleDuplicate: 0, error: 0 };
  const problem = {
    row: 7,
    outcome: 'ERROR',
    column: '企业名称',
    value: '长春\n一汽',
    code: 'INVALID_INPUT',
    message: '不对',
    suggestion: 'fix it',
  };
  const batch = { id: 'b1', state: 'APPLIED', rowCount: 2, counts, ignoredColumns: [], problems: [] as object[] };
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let asked: { url: string; token: Record<string, unknown>; body: string };
  let port: string;
  let file: string;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const token = decodeJwt(request.headers.authorization!.replace('Bearer ', ''));
    asked = { url: request.url!, token, body: Buffer.concat(chunks).toString() };
    answer(request, response);
  });
  const answering = (...lines: object[]) => {
    answer = (_, response) => response.end(lines.map(line => `${JSON.stringify(line)}\n`).join(''));
  };
  const importing = (...args: string[]) => run('import', ['organisations', file, ...args], { HUB_PORT: port });

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = String((server.address() as { port: number }).port);
    file = join(work, '台账.csv');
    await writeFile(file, 'a,b\n1,2\n');
  });

  afterAll(() => {
    server.close();
  });

  it('sends the file as the operator and follows the progress', async () => {
    answering({ progress: { stage: 'reading', rows: 2, of: 2 } }, { result: batch });
    const { code, out } = await importing();
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toBe('reading: 2 of 2 rows');
    expect(out).toContain('APPLIED: created 1, updated 0, unchanged 0, skipped 1, conflict 0, possibleDuplicate 0, error 0');
    expect(asked.url).toBe(
      `/imports/organisations?name=${encodeURIComponent('台账.csv')}&dryRun=false&rowByRow=false&acceptDuplicates=false&again=false`,
    );
    expect(asked.body).toBe('a,b\n1,2\n');
    expect(asked.token).toMatchObject({ sub: 'commands', hub: { role: 'COMMITTEE', division: '220100' } });
    expect(asked.token.scope).toContain('people:personal');
  });

  it('shows the rows that are wrong in a table and exits with 1', async () => {
    answering({ result: { ...batch, state: 'FAILED', counts: { ...counts, error: 1 }, problems: [problem] } });
    const { code, out } = await importing('--row-by-row');
    expect(code).toBe(1);
    expect(out.split('\n').slice(1, 4)).toEqual([
      'row  column    value      code           message → suggestion',
      '---  --------  ---------  -------------  --------------------',
      '7    企业名称  长春 一汽  INVALID_INPUT  不对 → fix it',
    ]);
    expect(asked.url).toContain('rowByRow=true');
  });

  it('takes an import back by its id, for a reason, with what stands on it when asked', async () => {
    const id = 'e7a1c5d2-0000-4000-8000-000000000000';
    answer = (_, response) => response.end(JSON.stringify({ import: { ...batch, state: 'REVERTED', message: 'Reverted' } }));
    const back = (...args: string[]) => run('import', ['organisations', '--revert', id, ...args], { HUB_PORT: port });
    const done = await back('--reason', '传错文件', '--with-dependants');
    expect([done.code, done.err]).toEqual([0, '']);
    expect(done.out).toContain('REVERTED');
    expect(asked.url).toBe(`/imports/organisations/${id}/revert?reason=${encodeURIComponent('传错文件')}&withDependants=true`);
    expect((await back()).code).toBe(2);
    answer = (_, response) =>
      response.end(JSON.stringify({ errors: [{ message: 'Later work', extensions: { code: 'CONFLICT' } }] }));
    expect(await back('--reason', '传错文件')).toMatchObject({ code: 1, err: expect.stringContaining('CONFLICT: Later work') });
  });

  it('counts a dry run without errors as a success', async () => {
    answering({ result: { ...batch, state: 'READY' } });
    expect(await importing('--dry-run')).toMatchObject({
      code: 0,
      out: expect.stringContaining('READY (dry run: nothing was changed)'),
    });
    answering({ result: { ...batch, state: 'READY' } });
    expect((await importing()).code).toBe(1);
  });

  it('says in one line what went wrong', async () => {
    answering({ error: { code: 'FORBIDDEN', message: 'needs imports:write' } });
    expect(await importing()).toEqual({ code: 1, out: '', err: 'FORBIDDEN: needs imports:write\n' });
    answer = (_, response) => void response.writeHead(502).end('bad gateway');
    expect((await importing()).err).toBe('The hub answered 502 without a result. bad gateway\n');
    answer = (_, response) => void response.write('{"progress":{"stage":"x"}}\n', () => response.destroy());
    expect((await importing()).err).toMatch(/^The hub stopped answering: [^\n]+\n$/);
    const nowhere = await run('import', ['organisations', file], { HUB_PORT: '1' });
    expect(nowhere).toEqual({
      code: 1,
      out: '',
      err: 'No hub runs at http://127.0.0.1:1: start it with "npm start", or set HUB_PORT to its port.\n',
    });
    expect((await run('import', ['organisations', '/no/such.csv'])).err).toBe('There is no file /no/such.csv.\n');
    expect(await run('import', ['organisation', '/no/such.csv'])).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(
        /^There is no ledger "organisation"\.\nUsage: .*\n.*--revert .*\nLedgers: organisations, members, donations, content, sessions\. /,
      ),
    });
    expect(await run('import', ['organisations'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Example: npm run -s import'),
    });
  });
});

describe('the ledgers of npm run import', () => {
  it('are those of the schema', async () => {
    const api = await readFile(inRepository('schema', 'api.graphql'), 'utf8');
    const enums = [...api.matchAll(/^enum \w+Ledger \{\n([^}]+)\}/gm)].flatMap(([, values]) => values!.trim().split(/\s+/));
    expect([...ledgers].toSorted()).toEqual(enums.toSorted());
  });
});

describe('a folder in which nothing can be made', () => {
  it('ends npm start with a line', async () => {
    const { code, err } = await run('start', [], { HUB_PORT: '0', HUB_DATA: '/proc/x' });
    expect([code, err]).toEqual([1, expect.stringMatching(/^The data directory \/proc\/x cannot be used: [^\n]+\.\n$/)]);
  });
});

describe('the settings', () => {
  it('that make no sense end npm start with one line', async () => {
    const refused = async (env: Record<string, string>) => {
      const { code, out, err } = await run('start', [], { HUB_PORT: '0', ...env });
      expect([code, out, err.split('\n').length]).toEqual([1, '', 2]);
      return err;
    };
    expect(await refused({ HUB_PORT: 'x' })).toContain('HUB_PORT is "x"');
    expect(await refused({ HUB_SAMPLE: 'paris' })).toContain('HUB_SAMPLE is "paris"');
    const some = await refused({ DATABASE_URL_PEOPLE: 'postgres://x/y' });
    expect(some).toContain(
      'but not DATABASE_URL_ORGANISATIONS, DATABASE_URL_CAMPAIGNS, DATABASE_URL_PROGRAMS, DATABASE_URL_IDENTITY',
    );
    expect(await refused({ HUB_PUBLIC_URL: 'https://hub.example.org/path' })).toContain('HUB_PUBLIC_URL is');
    expect(await refused({ MIGRATE_URL_PEOPLE: 'postgres://x/y' })).toContain('MIGRATE_URL_* are set without DATABASE_URL_*');
  });

  const operations = readFileSync(inRepository('docs', 'operations.md'), 'utf8');
  const numbers = [...operations.matchAll(/^\| `(HUB_[A-Z_]+)` \| \d/gm)].map(([, name]) => name!);

  it('are all looked at before anything starts, and each fault says what to give', async () => {
    expect(numbers.length).toBeGreaterThan(20);
    const data = join(work, 'never-made');
    const wrong = Object.fromEntries(numbers.filter(name => !/PORT|HOST|DIVISION|LOG/.test(name)).map(name => [name, '10,000']));
    const { code, out, err } = await run('start', [], { HUB_PORT: '0', HUB_DATA: data, ...wrong, HUB_EXECUTOR: 'mine' });
    expect([code, out]).toEqual([1, '']);
    const said = err.split('\n').filter(line => line.startsWith('HUB_'));
    expect(said.toSorted()).toEqual(
      [
        ...Object.keys(wrong).map(name => `${name} is "10,000": give a whole number, without separators`),
        'HUB_EXECUTOR is "mine": give one of hub, apollo',
      ].toSorted(),
    );
    expect((await run('start', [], { HUB_PORT: '0', HUB_DATA: data, HUB_LOG_MB: 'x' })).err).toMatch(
      /^HUB_LOG_MB is "x": give a whole number/,
    );
    await expect(stat(data)).rejects.toThrow('ENOENT');
  });

  it('are taken as the documents write them', async () => {
    const written = [...operations.matchAll(/^\| `(HUB_[A-Z_]+)` \| `?([\w.-]+)`? \|/gm)].map(([, name, value]) => [
      name!,
      value!,
    ]);
    expect(written.length).toBeGreaterThan(25);
    await expect(
      checkSettings(Object.fromEntries(written.filter(([, value]) => !/^(none|own|discovered)$/.test(value!)))),
    ).resolves.toBeUndefined();
  });

  it('keep what is secret out of the line', async () => {
    const fault = checkSettings({ DATABASE_URL_IDENTITY: 'mysql://me:secret@db/x', HUB_ISSUER: 'nowhere' });
    await expect(fault).rejects.toThrow(/^(?!.*secret)/s);
    await expect(fault).rejects.toThrow('HUB_ISSUER is "nowhere": must be');
  });
});
