import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { LaunchFailure, lineOf } from './launch-failure.ts';

/** Below those that systems give to whoever asks for any port, so that nobody is given it before it is served. */
const least = 20_000;
const most = 32_000;

/** A port nobody uses at the moment: for addresses that have to be known before they are served. */
export async function freePort(host: string): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const port = randomInt(least, most);
    const taken = await assertPortFree(port, host, 'HUB_PORT').catch(lineOf);
    if (taken === undefined) return port;
    if (attempt === 20) throw new LaunchFailure(taken);
  }
}

/** Refuses a port that is taken, before anything has been started for it. */
export function assertPortFree(port: number, host: string, setting: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${error.code})`;
      reject(new LaunchFailure(`Port ${port} on ${host} ${reason}: stop what uses it, or set ${setting} to another port.`));
    });
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}
