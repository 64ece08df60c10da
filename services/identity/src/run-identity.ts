import 'reflect-metadata';
import { collectStart } from '@hub/kit/collect-start';
import { readEnv } from '@hub/kit/env';
import { exitCodeOf } from '@hub/kit/exit-code';
import type { Following } from '@hub/kit/follow';
import { followAll } from '@hub/kit/follow-all';
import { wholeEnvironment } from '@hub/kit/late-environment';
import type { Peers } from '@hub/kit/peer';
import { credentialsIn } from '@hub/kit/services-client';
import { installationIssuer, keySet } from '@hub/kit/token';
import { identity } from './identity.ts';
import { installation } from './installation.ts';
import { organisationsServeAt } from './organisation/organisations-serve-at.ts';
import { serveIdentity } from './serve-identity.ts';
import { identitySettings } from './settings.ts';

/** The identity service as a process: serves, tells its parent it is ready, ends gracefully. */
export async function runIdentity(): Promise<void> {
  try {
    await wholeEnvironment();
    const env = readEnv(identitySettings);
    const own = installation();
    const peers: Peers = {};
    const following: Following[] = [];
    const running = await serveIdentity({
      databaseUrl: env.DATABASE_URL_IDENTITY,
      publicUrl: env.HUB_PUBLIC_URL.replace(/\/$/, ''),
      installation: own,
      operators: { issuer: installationIssuer, keys: await keySet(env.HUB_JWKS) },
      peers,
      following,
      demand: env.HUB_SECOND_FACTOR,
      tokenSeconds: env.HUB_TOKEN_SECONDS,
      idleSeconds: env.HUB_IDLE_MINUTES * 60,
      stepUpSeconds: env.HUB_STEP_UP_MINUTES * 60,
      trustedProxies: env.HUB_TRUSTED_PROXIES,
      host: env.HOST,
      port: env.PORT,
    });
    // It gives out the token that it follows with.
    const credentials = credentialsIn({ HUB_SERVICES_TOKEN_URL: `${running.url}/identity/token`, ...env });
    organisationsServeAt(env.HUB_URL_ORGANISATIONS, url => {
      peers.organisations = url;
      following.push(...followAll(identity, running.orm, peers, credentials));
    });
    let stopping: Promise<never> | undefined;
    const stop = () => {
      for (const feed of following) feed.stop();
      stopping ??= running
        .leave()
        .then(running.stop)
        .catch(() => undefined)
        .then(() => process.exit(0));
      return stopping;
    };
    for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(signal, stop);
    // The parent may have gone while this process was starting.
    if (process.send && !process.connected) return stop();
    const { administrator } = running;
    process.send?.({ ready: { port: running.port, administrator } });
    collectStart();
    // Without a parent the terminal is told, once; no log ever is.
    if (administrator && !process.send)
      process.stdout.write(`First administrator: ${administrator.loginName}, one-time password: ${administrator.password}\n`);
  } catch (error) {
    process.stderr.write(`identity: ${((error as Error)?.message ?? String(error)).replace(/\s*\n\s*/g, ' ')}\n`);
    process.exit(exitCodeOf(error));
  }
}
