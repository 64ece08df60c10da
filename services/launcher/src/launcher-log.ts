import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { firstSignIn } from './first-sign-in.ts';
import type { Watcher } from './supervised.ts';

const seconds = (milliseconds: number) => (milliseconds / 1_000).toFixed(1);

/** Tells the terminal, and `launcher.log`, of processes that end and come back. */
export function launcherLog(logs: string, report: (line: string) => void): Watcher {
  const file = join(logs, 'launcher.log');
  const note = (fields: object) => {
    const line = JSON.stringify({ time: new Date().toISOString(), ...fields });
    // On a full disk nothing is left of it but what the terminal was told.
    appendFile(file, `${line}\n`, { mode: 0o600 }).catch(() => undefined);
  };
  return {
    ended(name, reason, pause) {
      note({ process: name, event: 'ended', reason, pause });
      const when = seconds(pause);
      report(`${name} 意外结束，${when} 秒后重新启动。 ${reason} It is started again in ${when} s.`);
    },
    back(name, { administrator }, milliseconds) {
      note({ process: name, event: 'back', milliseconds });
      report(`${name} 已恢复。 ${name} is back after ${seconds(milliseconds)} s.`);
      // Each start of the identity service gives the first account another password, until somebody has signed in.
      if (administrator) report(firstSignIn(administrator).join('\n'));
    },
  };
}
