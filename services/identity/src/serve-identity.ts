import { readFile } from 'node:fs/promises';
import type { Following } from '@hub/kit/follow';
import { causeOf, log } from '@hub/kit/log';
import { serveObservation } from '@hub/kit/observe';
import { openStrong } from '@hub/kit/open-strong';
import type { Peers } from '@hub/kit/peer';
import { endSilentConnections } from '@hub/kit/silent-connections';
import { takingLeave } from '@hub/kit/taking-leave';
import type { Issuer } from '@hub/kit/token';
import { verifierOf } from '@hub/kit/token';
import type { MikroORM } from '@mikro-orm/postgresql';
import { fastify } from 'fastify';
import { createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { serveAdministration } from './administration-route.ts';
import type { Demand } from './factor/demand.ts';
import { type FirstAdministrator, firstAdministrator } from './first-administrator.ts';
import { forgetExpired } from './forget-expired.ts';
import { identity } from './identity.ts';
import type { Installation } from './installation.ts';
import { publishedKeys, tendKeys } from './keys/keys.ts';
import { servePasskeyScripts } from './pages/passkey-route.ts';
import { currentProvider } from './provider/current-provider.ts';
import { serveInteractions } from './provider/interaction-route.ts';
import { serveProvider } from './provider/provider-route.ts';

export interface IdentityOptions {
  databaseUrl: string;
  /** Public address of the hub; the issuer is `<publicUrl>/identity`. */
  publicUrl: string;
  installation: Installation;
  /** Whose tokens administrators may also come with: the installation's own, for operators. */
  operators: Issuer;
  /** Where other parts of the hub serve; may be filled later. */
  peers?: Peers;
  /** Of whom a second factor is demanded. */
  demand?: Demand;
  /** The life of access tokens, where it is to be shorter than five minutes. */
  tokenSeconds?: number;
  /** Seconds without use after which a session ends; an hour unless told. */
  idleSeconds?: number;
  /** Seconds after a sign-in in which a person may change accounts, grants and keys; a quarter of an hour unless told. */
  stepUpSeconds?: number;
  /** Besides this machine, where the gateway is told of by its address. */
  trustedProxies?: string[];
  /** The feeds it follows; may be filled later. */
  following?: readonly Following[];
  host?: string;
  port?: number;
}

export interface RunningIdentity {
  url: string;
  port: number;
  orm: MikroORM;
  administrator?: FirstAdministrator;
  /** Is not ready any more, and takes no more connections; what is under way ends. */
  leave(): Promise<void>;
  stop(): Promise<void>;
}

const hourly = 3_600_000;
const minutely = 60_000;

/** Serves sign-in, tokens and the administrators' API over HTTP. */
export async function serveIdentity(options: IdentityOptions): Promise<RunningIdentity> {
  const { publicUrl, installation, operators, peers = {}, host = '127.0.0.1', port = 0 } = options;
  const { demand = 'none', tokenSeconds, idleSeconds, stepUpSeconds = 900 } = options;
  const { secret, servicesSecret, division } = installation;
  const orm = await openStrong('identity', options.databaseUrl, identity);
  await tendKeys(orm, secret);
  const administrator = await firstAdministrator(orm, division);
  const provider = currentProvider({ orm, publicUrl, secret, servicesSecret, demand, tokenSeconds, idleSeconds });
  await provider();

  // The gateway tells the client's address; only its word counts.
  const trustProxy = ['127.0.0.1', '::1', ...(options.trustedProxies ?? [])];
  const app = fastify({
    trustProxy,
    bodyLimit: 65_536,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
  });
  endSilentConnections(app);
  app.get('/livez', async () => ({ status: 'ok' }));
  const leave = takingLeave(app);
  app.get('/readyz', async (_request, reply) => {
    if (leave.hasBegun) return reply.code(503).send({ status: 'leaving' });
    const connected = await orm.isConnected();
    return reply.code(connected ? 200 : 503).send({ status: connected ? 'ok' : 'database not reachable' });
  });
  serveObservation(app, 'identity', { orm, following: options.following ?? [] });
  const style = await readFile(new URL('../assets/style.css', import.meta.url));
  app.get('/identity/style.css', async (_request, reply) =>
    reply
      .headers({ 'cache-control': 'public, max-age=3600', 'x-content-type-options': 'nosniff' })
      .type('text/css; charset=utf-8')
      .send(style),
  );
  const own: Issuer = {
    issuer: `${publicUrl}/identity`,
    isIdentity: true,
    keys: async (header, token) => {
      const keys = (await publishedKeys(orm, secret)).map(({ d: _, ...open }) => open);
      return createLocalJWKSet({ keys } as JSONWebKeySet)(header, token);
    },
  };
  await serveAdministration(app, { orm, peers, verify: verifierOf([operators, own]), stepUpSeconds });
  await servePasskeyScripts(app);
  serveInteractions(app, { orm, provider, publicUrl, secret, demand });
  serveProvider(app, provider, publicUrl);
  app.setErrorHandler((error, request, reply) => {
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    if (status >= 500) log.error({ requestId: request.headers['x-request-id'], cause: causeOf(error) }, 'request failed');
    const code = status === 413 ? 'LIMIT_EXCEEDED' : status < 500 ? 'INVALID_INPUT' : 'INTERNAL';
    const message = status < 500 ? (error as Error).message : 'An internal error.';
    return reply.code(status).send({ errors: [{ message, extensions: { code } }] });
  });

  const every = (interval: number, tend: () => Promise<unknown>) =>
    setInterval(() => tend().catch(error => log.warn({ cause: causeOf(error) }, 'not tidied up')), interval).unref();
  const tending = [every(minutely, () => forgetExpired(orm)), every(hourly, () => tendKeys(orm, secret))];
  await app.listen({ host, port });
  const listening = app.server.address() as { port: number };
  return {
    url: `http://${host}:${listening.port}`,
    port: listening.port,
    orm,
    administrator,
    leave: () => leave.begin(),
    stop: async () => {
      for (const each of tending) clearInterval(each);
      await app.close();
      await orm.close(true);
    },
  };
}
