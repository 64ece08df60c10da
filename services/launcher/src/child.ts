import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { mayPass } from '@hub/kit/exit-code';
import { openLog } from '@hub/postgres/log-file';
import { failureLine } from './failure-line.ts';
import { lineOf } from './launch-failure.ts';
import { assertBuilt, inRepository, type Subgraph } from './layout.ts';

export interface ChildSpec {
  name: string;
  /** Compiled file to run. */
  entry: string;
  args?: string[];
  env?: Record<string, string | undefined>;
  /** Milliseconds it may take to end after SIGTERM before it is killed. */
  patience?: number;
  /** Of Node, for this process. */
  flags?: string[];
  /** It has done its work when it ends by itself, instead of when it says that it serves. */
  ends?: boolean;
  /** What is different when it is started again after it served: above all its port, which others have been told. */
  again?: (served: Ready) => Pick<ChildSpec, 'args' | 'env'>;
}

export interface Ready {
  port?: number;
  /** Of the subgraphs that run in this process. */
  ports?: Partial<Record<Subgraph, number>>;
  adminUrl?: string;
  /** Of the gateway: where operators look. */
  operatorsUrl?: string;
  /** A line for the terminal. */
  notice?: string;
  /** The first account, made at this start. */
  administrator?: { loginName: string; password: string };
}

/** How a process ended, as a line; and whether what kept it from starting is expected to pass. */
export interface End {
  line: string;
  mayPass: boolean;
}

export interface Child {
  name: string;
  ready: Promise<Ready>;
  /** Settles when it has ended, asked or not; never where its work was done. */
  ended: Promise<End>;
  send(message: object): void;
  stop(): Promise<void>;
}

/** Of the default 16 MB each process keeps some 30 MB more and is hardly faster (docs/decisions/reading-in-few-messages.md). */
const thrift = ['--max-semi-space-size=8', '--expose-gc'];
/** Every answer passes through the gateway: it collects the young ones rarely, and long lists cost it a fifth less. */
export const roomy = ['--max-semi-space-size=32', '--expose-gc'];
const surroundings = {
  // Otherwise graphql-js looks at every object twice, in case another copy of it made it.
  NODE_ENV: 'production',
  // Of glibc's arenas, one for each thread that allocates, each keeps what it once had.
  MALLOC_ARENA_MAX: '2',
};

/** Starts one process of the hub in a process group of its own, so that the terminal's Ctrl-C reaches only the launcher. */
export async function startChild(
  { name, entry, args = [], env = {}, patience = 4_000, flags = thrift, ends = false }: ChildSpec,
  logs: string,
): Promise<Child> {
  assertBuilt(entry);
  const log = await openLog(join(logs, `${name}.log`));
  const cache = { NODE_COMPILE_CACHE: join(logs, '..', 'code-cache') };
  const security = { HUB_SECURITY_LOG: join(logs, 'security.log') };
  const own = { ...withoutSecrets(process.env), ...surroundings, ...cache, ...security, ...env };
  const child = spawn(process.execPath, [...flags, entry, ...args], {
    cwd: inRepository(),
    env: own,
    detached: true,
    stdio: ['ignore', log.fd, 'pipe', 'ipc'],
  });

  let printed = '';
  child.stderr!.on('data', chunk => {
    printed = `${printed}${chunk}`.slice(-16_000);
  });
  // A log that cannot be written, on a full disk say, takes nothing else along.
  child.stderr!.pipe(log.createWriteStream().on('error', () => child.stderr!.resume()));
  let isReady = false;
  const ready = new Promise<Ready>(resolve => {
    child.on('message', (message: { ready?: Ready }) => {
      if (!message?.ready) return;
      isReady = true;
      resolve(message.ready);
    });
  });
  const over = whenOver(child);
  const succeeded = () => ends && child.exitCode === 0;
  const done = over.then(() => (succeeded() ? {} : ready));
  const ended = over.then(how => {
    if (succeeded()) return new Promise<End>(() => undefined);
    const reason = failureLine(name, printed);
    const what = isReady ? `${name} ended unexpectedly` : `${name} could not ${ends ? 'be done' : 'start'}`;
    const line = reason ? `${what}: ${reason}` : `${what} (${how}); its log is ${join(logs, `${name}.log`)}.`;
    return { line, mayPass: child.exitCode === mayPass };
  });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const timer = new AbortController();
    const late = pause(patience, true, { signal: timer.signal }).catch(() => false);
    if (await Promise.race([late, over.then(() => false)])) child.kill('SIGKILL');
    timer.abort();
    await over;
  };
  const send = (message: object) => {
    // A child that is just ending has closed its channel; its end is reported elsewhere.
    if (child.connected) child.send(message, () => undefined);
  };
  return { name, ready: ends ? done : ready, ended, send, stop };
}

/** A service is given its own database only, and never its owner's password; the services' secret only where it follows others. */
export const withoutSecrets = (env: NodeJS.ProcessEnv) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !/^(DATABASE|MIGRATE)_URL(_|$)|^HUB_SERVICES_SECRET$/.test(name)));

async function whenOver(child: ChildProcess): Promise<string> {
  const closed = once(child, 'close').catch(() => undefined);
  const end = await once(child, 'exit').catch(lineOf);
  if (typeof end === 'string') return end;
  const [code, signal] = end;
  await Promise.race([closed, pause(500, undefined, { ref: false })]);
  return signal ? `killed by ${signal}` : `exit code ${code}`;
}
