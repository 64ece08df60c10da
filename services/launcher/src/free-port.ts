import { createServer } from 'node:net';
import { LaunchFailure } from './launch-failure.ts';

/** Refuses a port that is taken, before anything has been started for it. */
export function assertPortFree(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${error.code})`;
      reject(new LaunchFailure(`Port ${port} on ${host} ${reason}: stop what uses it, or set HUB_PORT to another port.`));
    });
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}
