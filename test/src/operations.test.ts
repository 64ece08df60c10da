import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { xlsx } from '@hub/gateway/testing/files';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { manyOrganisations } from './many-organisations.ts';
import { type TestHub, testHub } from './test-hub.ts';

const root = new URL('../../', import.meta.url);
const commandsOf = (file: string) =>
  [...readFileSync(new URL(file, root), 'utf8').matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block]) => block!.trim().split('\n'));
const commands = commandsOf('docs/operations.md');
const { commands: scripts } = (await import(new URL('run/commands.mjs', root).href)) as {
  commands: Record<string, { steps: string[][] }>;
};

/** What npm would run, without the build before it: other tests are using what is built. */
function asRun(command: string, port: string, operatorsUrl: string): string {
  const [, name, rest = ''] = /^npm run -s ([\w-]+)(?: -- (.*))?$/.exec(command) ?? [];
  if (!name) return command.replaceAll('127.0.0.1:4000', `127.0.0.1:${port}`).replaceAll('http://127.0.0.1:4001', operatorsUrl);
  return `node ${scripts[name]!.steps.at(-1)!.join(' ')} ${rest}`;
}

describe('the guide for operators', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await testHub({ sample: true, together: true });
  }, 600_000);
  afterAll(() => hub?.stop());

  const run = (command: string) =>
    new Promise<{ code: number; out: string; err: string }>(resolve => {
      const { port } = new URL(hub.url);
      const env = { ...process.env, HUB_PORT: port, HUB_DATA: hub.dataDirectory, PATH: `node_modules/.bin:${process.env.PATH}` };
      execFile('bash', ['-c', asRun(command, port, hub.operatorsUrl)], { cwd: root, env }, (error, out, err) =>
        resolve({ code: Number(error?.code ?? 0), out, err }),
      );
    });

  it('has commands to run', () => expect(commands.length).toBeGreaterThan(12));

  async function asOwner(sql: string): Promise<void> {
    const owner = new pg.Client({ connectionString: hub.databases.identity.ownerUrl });
    await owner.connect();
    await owner.query(sql);
    await owner.end();
  }

  // In life the key has been published for a while when somebody changes it by hand.
  beforeAll(() => asOwner(`update signing_key set created_at = created_at - interval '5 minutes'`));

  it('promises a status that tells of migrations, database and backlog', async () => {
    const { subgraphs } = (await (await fetch(`${hub.operatorsUrl}/status`)).json()) as { subgraphs: any[] };
    expect(subgraphs.map(({ name }) => name)).toEqual(['campaigns', 'organisations', 'people', 'programs']);
    for (const { migrations, database } of subgraphs) {
      expect(migrations.applied).toBeGreaterThan(0);
      expect(database.version).toMatch(/^18\./);
    }
    const feeds = subgraphs.flatMap(subgraph => subgraph.feeds);
    expect(feeds.map(({ name }) => name)).toContain('organisationChanges');
    for (const { lag } of feeds) expect(lag).toEqual(expect.any(Number));
  });

  it('is preceded by commands in the README that work', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hub-readme-'));
    const rows = manyOrganisations(3).trim().split('\n');
    const data = rows.map(row => row.split(',').map(value => ({ type: String, value })));
    await writeFile(join(folder, 'ledger.xlsx'), await xlsx({ sheet: '企业', data }));
    const outputs: string[] = [];
    for (const command of commandsOf('README.md')) {
      const { code, out, err } = await run(command.replace('ledger.xlsx', join(folder, 'ledger.xlsx')));
      expect({ command, code, err }).toEqual({ command, code: 0, err: expect.not.stringContaining('rror') });
      outputs.push(out);
    }
    expect(outputs[0]).toContain('admin');
    expect(outputs[1]!.split('.')).toHaveLength(3);
    expect(outputs[2]).toContain('created 3');
    await rm(folder, { recursive: true });
  });

  it('gives commands that work, in its own order', async () => {
    for (const command of commands) {
      // Somebody who has lost a second factor has had one.
      if (command.includes(' reset-factor '))
        await asOwner(`update account set second_factor_since = now() where login_name = 'wang.fang'`);
      const { code, out, err } = await run(command);
      expect({ command, code, err }).toEqual({ command, code: 0, err: '' });
      expect(out.trim()).not.toBe('');
    }
  });
});
