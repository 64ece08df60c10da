import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import type { Account } from './account.ts';

/** Starts one of PostgreSQL's programs: English messages, no inherited settings, and out of reach of the terminal's Ctrl-C. */
export function startProgram(
  program: string,
  args: string[],
  account: Account | undefined,
  stdio: SpawnOptions['stdio'],
): ChildProcess {
  const identity = account && { uid: account.uid, gid: account.gid };
  const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
  return spawn(program, args, { ...identity, cwd: '/', env, stdio, detached: true });
}

/** Runs one to its end and answers what it said. */
export function runProgram(
  program: string,
  args: string[],
  account: Account | undefined,
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = startProgram(program, args, account, ['ignore', 'pipe', 'pipe']);
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.once('error', reject);
    child.once('close', code => resolve({ code: code ?? 1, output }));
  });
}
