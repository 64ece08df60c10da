import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@hub/test/eventually';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { launcherLog } from './launcher-log.ts';

let logs: string;
const file = () => join(logs, 'launcher.log');
beforeAll(async () => {
  logs = await mkdtemp(join(tmpdir(), 'hub-launcher-log-'));
});
afterAll(() => rm(logs, { recursive: true, force: true }));

describe("the launcher's log", () => {
  it('tells the terminal of the password a restart gave the first account, and writes it nowhere', async () => {
    const reports: string[] = [];
    const watcher = launcherLog(logs, line => reports.push(line));
    watcher.back('identity', { port: 1, administrator: { loginName: 'admin', password: 'abcd-efgh' } }, 1_700);
    expect(reports).toEqual([
      'identity 已恢复。 identity is back after 1.7 s.',
      expect.stringMatching(/^首位管理员.*\n\n {2}admin {4}abcd-efgh\n$/s),
    ]);
    const written = await eventually(() => readFile(file(), 'utf8'));
    expect(JSON.parse(written)).toEqual({ time: expect.any(String), process: 'identity', event: 'back', milliseconds: 1_700 });
    expect((await stat(file())).mode & 0o777).toBe(0o600);
  });

  it('goes on where nothing can be written', () => {
    const reports: string[] = [];
    launcherLog(join(logs, 'nowhere'), line => reports.push(line)).ended('people', 'people ended unexpectedly: why.', 400);
    expect(reports).toEqual([
      'people 意外结束，0.4 秒后重新启动。 people ended unexpectedly: why. It is started again in 0.4 s.',
    ]);
  });
});
