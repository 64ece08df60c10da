import { spawn } from 'node:child_process';
import { inRepository, nodeOfHub, surroundings } from './node-of-hub.mjs';

/** Silence longer than this looks like a program that hangs. */
const patience = 1_500;

/** Compiles what has changed. Its tool is heard only when that fails, or where the build is what was asked for. */
export function build(isShown) {
  const node = nodeOfHub();
  const args = [inRepository('node_modules/turbo/bin/turbo'), 'run', 'build', '--output-logs=errors-only', '--log-prefix=none'];
  const stdio = ['ignore', ...(isShown ? ['inherit', 'inherit'] : ['pipe', 'pipe'])];
  const child = spawn(node, args, { cwd: inRepository(), env: surroundings(node), stdio });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => said.push(chunk));
  const waiting = setTimeout(() => isShown || process.stderr.write('正在编译 Compiling …\n'), patience);
  const pass = signal => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(waiting);
      for (const each of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(each, pass);
      if (signal) return process.kill(process.pid, signal);
      if (code === 0) return resolve();
      process.stderr.write(Buffer.concat(said));
      process.exit(code);
    });
  });
}
