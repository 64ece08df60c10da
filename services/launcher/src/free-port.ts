import { createServer } from 'node:net';
import { LaunchFailure } from './launch-failure.ts';

/** A port nobody uses at the moment: for addresses that have to be known before they are served. */
export function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, host, () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
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
