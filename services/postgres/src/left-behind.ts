import { readdir, readlink, realpath } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Ends the sessions of a server that was killed. Those at work live on, and no new server starts beside them; what they were doing is
 * undone by its recovery. Where there is no /proc nothing happens: they end by themselves when they next wait for anything.
 */
export async function endLeftBehind(cluster: string): Promise<void> {
  const home = await realpath(cluster);
  for (let found = await workingIn(home); found.length > 0; found = await workingIn(home)) {
    for (const pid of found) end(pid);
    await pause(20);
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}

/** Each process of a server works in its cluster's folder; nobody else does. */
async function workingIn(home: string): Promise<number[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter(name => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async pid => {
      const at = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
      const program = await readlink(`/proc/${pid}/exe`).catch(() => '');
      return at === home && /\/postgres$/.test(program) ? [Number(pid)] : [];
    }),
  );
  return found.flat();
}
