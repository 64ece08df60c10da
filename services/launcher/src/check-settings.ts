import { bookkeepingEnv } from '@hub/kit/bookkeeping';
import { checkEnv, EnvironmentError, megabytes } from '@hub/kit/env';
import { servicesEnv } from '@hub/kit/services-client';
import { logLimits } from '@hub/postgres/log-limits';
import { LaunchFailure } from './launch-failure.ts';
import { importBuilt } from './layout.ts';

/** Refuses what the processes would refuse, before any of them has been started; all faults at once. */
export async function checkSettings(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  logLimits(env);
  const { gatewaySettings } = await importBuilt('gateway', 'dist', 'environment.js');
  const { identitySettings } = await importBuilt('services', 'identity', 'dist', 'settings.js');
  // The launcher gives the services their databases, and their owners' passwords to none of them.
  const { MIGRATE_URL_IDENTITY: _, ...ofIdentity } = identitySettings;
  try {
    checkEnv({ HUB_WAL_MB: megabytes(1000), ...bookkeepingEnv, ...servicesEnv, ...ofIdentity, ...gatewaySettings }, env);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    const [, ...faults] = error.message.split('\n').map(line => line.trim());
    throw new LaunchFailure(faults.join('\n'));
  }
}
