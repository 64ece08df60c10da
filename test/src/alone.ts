import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { inRepository } from '@hub/launcher/layout';
import { eventually } from './eventually.ts';

export interface Alone {
  /** What it wrote, by stream. */
  out(): string;
  err(): string;
  /** Its exit code, once it has ended. */
  code(): number | null;
  stop(): Promise<void>;
}

/** A process of the hub as a unit of systemd or a container has it: no parent that tells it anything, settings from the environment alone. */
export function alone(command: readonly string[], env: NodeJS.ProcessEnv, cwd = inRepository()): Alone {
  const { PATH = '', HOME = '/' } = process.env;
  // What counts its connections (outbound-guard.cjs).
  const { NODE_OPTIONS = '', HUB_OUTBOUND_RECORD = '' } = process.env;
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd,
    env: { PATH, HOME, NODE_OPTIONS, HUB_OUTBOUND_RECORD, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', chunk => {
    said.out += chunk;
  });
  child.stderr.on('data', chunk => {
    said.err += chunk;
  });
  return { out: () => said.out, err: () => said.err, code: () => child.exitCode, stop: () => stopped(child) };
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** Waits until it says that it is ready; fails with what it said where it ended instead. */
export const ready = (url: string, process: Alone) =>
  eventually(async () => {
    const { status } = await fetch(`${url}/readyz`).catch(() => ({ status: 'no answer' }));
    if (status !== 200) throw new Error(`${url} is not ready: ${status} ${process.err()} ${process.out()}`);
  });
