import { pathToFileURL } from 'node:url';
import { bookkeepingEnv } from '@hub/kit/bookkeeping';
import { checkEnv, EnvironmentError } from '@hub/kit/env';
import { logLimits } from '@hub/postgres/log-limits';
import { LaunchFailure } from './launch-failure.ts';
import { assertBuilt, inRepository } from './layout.ts';

/** Found as their programs are: the launcher depends on none of them. */
async function settingsOf(name: string, ...path: string[]) {
  const file = inRepository(...path);
  assertBuilt(file);
  return (await import(pathToFileURL(file).href))[name];
}

/** Refuses what the processes would refuse, before any of them has been started; all faults at once. */
export async function checkSettings(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  logLimits(env);
  const gateway = await settingsOf('gatewaySettings', 'gateway', 'dist', 'environment.js');
  const identity = await settingsOf('identitySettings', 'services', 'identity', 'dist', 'settings.js');
  // The launcher gives the services their databases, and their owners' passwords to none of them.
  const { MIGRATE_URL_IDENTITY: _, ...ofIdentity } = identity;
  try {
    checkEnv({ ...bookkeepingEnv, ...ofIdentity, ...gateway }, env);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    const [, ...faults] = error.message.split('\n').map(line => line.trim());
    throw new LaunchFailure(faults.join('\n'));
  }
}
