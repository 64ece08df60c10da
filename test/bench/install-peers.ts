import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A path of the folder in which the peers live, with their own dependencies. */
export const inPeers = (...parts: string[]) => join(import.meta.dirname, 'peers', ...parts);

const changedAt = (file: string) =>
  stat(inPeers(file)).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );

/** Installs the peers where that has not been done, or not since their versions changed. */
export async function installPeers(say: (line: string) => void): Promise<void> {
  if ((await changedAt('node_modules/.package-lock.json')) >= (await changedAt('package-lock.json'))) return;
  say('installing the peers into test/bench/peers (once, some 800 MB) …');
  // Their install scripts only fetch or build what the bench does not use.
  const npm = spawn('npm', ['ci', '--ignore-scripts', '--loglevel=error'], {
    cwd: inPeers(),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(npm, 'exit');
  if (code !== 0) throw new Error(`The peers could not be installed: npm ci in test/bench/peers ended with code ${code}.`);
}

/** The installed version of a package; undefined where this machine cannot have it. */
export async function versionOf(name: string): Promise<string | undefined> {
  const text = await readFile(inPeers('node_modules', name, 'package.json'), 'utf8').catch(() => undefined);
  return text && (JSON.parse(text) as { version: string }).version;
}
