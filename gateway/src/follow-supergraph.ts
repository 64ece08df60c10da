import { unwatchFile, watchFile } from 'node:fs';
import type { RunningGateway } from './gateway-options.ts';

/** Reloads on SIGHUP and when the file changes. Looking at it each second also sees files that are moved into place or mounted. */
export function followSupergraph(file: string, gateway: RunningGateway, leaving: AbortSignal): void {
  const reload = () => void gateway.reload();
  process.on('SIGHUP', reload);
  watchFile(file, { interval: 1_000, persistent: false }, reload);
  leaving.addEventListener('abort', () => unwatchFile(file, reload), { once: true });
}
