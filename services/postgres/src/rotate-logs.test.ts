import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { openLog } from './log-file.ts';
import { logLimits } from './log-limits.ts';
import { rotateWhenLarge } from './rotate-logs.ts';

let directory: string;
let log: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'logs-'));
  log = join(directory, 'people.log');
});
afterEach(() => rm(directory, { recursive: true }));

it('a log is put aside by size while it is written, so many are kept, and nothing of it is lost', async () => {
  for (let round = 1; round <= 4; round++) {
    await appendFile(log, `${round} ${'x'.repeat(100)}\n`);
    await rotateWhenLarge(log, { bytes: 50, kept: 2 });
  }
  await appendFile(log, 'small\n');
  await rotateWhenLarge(log, { bytes: 50, kept: 2 });
  expect((await readdir(directory)).sort()).toEqual(['people.log', 'people.log.1', 'people.log.2']);
  const beginnings = ['people.log', 'people.log.1', 'people.log.2'].map(async name =>
    (await readFile(join(directory, name), 'utf8')).slice(0, 1),
  );
  expect(await Promise.all(beginnings)).toEqual(['s', '4', '3']);
});

it('a process that holds its log goes on writing in it after it was put aside', async () => {
  const file = await openLog(log);
  const program = `process.stdin.on('data', text => require('node:fs').writeSync(1, text)); process.stdin.on('end', () => process.exit());`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['pipe', file.fd, 'inherit'] });
  await file.close();
  const write = async (text: string) => {
    const before = (await stat(log)).size;
    child.stdin!.write(text);
    while ((await stat(log)).size === before) await new Promise(resolve => setTimeout(resolve, 10));
  };
  await write('before '.repeat(20));
  await rotateWhenLarge(log, { bytes: 50, kept: 1 });
  await write('after');
  child.stdin!.end();
  await once(child, 'exit');
  expect([await readFile(log, 'utf8'), (await readFile(`${log}.1`, 'utf8')).slice(0, 6)]).toEqual(['after', 'before']);
});

it('the size and the number are settings, in the words of the house when they are wrong', async () => {
  expect(logLimits({})).toEqual({ bytes: 10_000_000, kept: 5 });
  expect(logLimits({ HUB_LOG_MB: '1', HUB_LOG_KEPT: '0' })).toEqual({ bytes: 1_000_000, kept: 0 });
  expect(() => logLimits({ HUB_LOG_MB: '0' })).toThrow('HUB_LOG_MB is "0": give a whole number from 1 to 999999.');
  expect(() => logLimits({ HUB_LOG_KEPT: 'all' })).toThrow('HUB_LOG_KEPT is "all"');
  await (await open(log, 'a')).close();
});
