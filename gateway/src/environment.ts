import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { httpUrl, httpUrls, port, readEnv } from '@hub/kit/env';
import { issuerEnv, verifierFrom } from '@hub/kit/issuers';
import { trustedProxies } from '@hub/kit/trusted-proxies';
import { roles } from '@hub/kit/viewer';
import { type Logger, pino } from 'pino';
import { z } from 'zod';
import { defaultBreaker } from './breaker.ts';
import { readManifest } from './documents/manifest.ts';
import type { GatewayOptions } from './gateway-options.ts';
import { limitsEnv, limitsFrom } from './limits/settings.ts';
import { defaultAwayMs } from './subgraph.ts';
import { subgraphUrl } from './subgraph-address.ts';
import { subgraphNames, urlVariable } from './supergraph.ts';

const committedSupergraph = fileURLToPath(new URL('../../schema/supergraph.graphql', import.meta.url));
const committedManifest = fileURLToPath(new URL('../documents/manifest.json', import.meta.url));
const whole = (fallback: number) => z.coerce.number().int().min(1).max(3_600_000).default(fallback);
/** Of `HUB_EXECUTOR`. */
export const executorFrom = z.enum(['hub', 'apollo']).default('hub');

/** What may be set of it; the launcher looks at it before it starts anything. */
export const gatewaySettings = {
  HUB_PORT: port(4000),
  HUB_HOST: z.string().default('127.0.0.1'),
  ...issuerEnv,
  HUB_URL_IDENTITY: httpUrls.optional(),
  HUB_SUPERGRAPH: z.string().default(committedSupergraph),
  HUB_DEADLINE_MS: z.coerce.number().int().min(100).max(600_000).default(10_000),
  HUB_IMPORT_DEADLINE_MS: z.coerce.number().int().min(60_000).max(3_600_000).default(300_000),
  HUB_DOCUMENTS: z.string().default(committedManifest),
  HUB_TRUSTED_ONLY: z
    .string()
    .default('')
    .transform(text => text.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(z.enum(roles))),
  HUB_TRUSTED_PROXIES: trustedProxies,
  HUB_SLOW_MS: whole(1_000),
  HUB_PUBLIC_URL: httpUrl.optional(),
  HUB_OPERATORS_HOST: z.string().default('127.0.0.1'),
  HUB_OPERATORS_PORT: port(4001),
  HUB_BREAKER_FAILURES: whole(defaultBreaker.failures),
  HUB_BREAKER_PAUSE_MS: whole(defaultBreaker.pause),
  HUB_AWAY_MS: whole(defaultAwayMs),
  HUB_DRAIN_MS: z.coerce.number().int().min(0).max(600_000).optional(),
  HUB_EXECUTOR: executorFrom,
  ...limitsEnv,
  HUB_LOG: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
};

/** Reads everything the gateway needs to know from the environment. */
export async function gatewayOptions(): Promise<GatewayOptions & { awayMs: number; drainMs: number; log: Logger }> {
  const env = readEnv(gatewaySettings);
  const supergraphSdl = await readFile(env.HUB_SUPERGRAPH, 'utf8').catch(() => {
    throw new Error(`The supergraph cannot be read at ${env.HUB_SUPERGRAPH}: compose it, or set HUB_SUPERGRAPH.`);
  });
  const names = subgraphNames(supergraphSdl);
  const urls = readEnv(Object.fromEntries(names.map(name => [urlVariable(name), subgraphUrl])));
  return {
    supergraphSdl,
    supergraphFile: env.HUB_SUPERGRAPH,
    subgraphs: Object.fromEntries(names.map(name => [name, String(urls[urlVariable(name)])])),
    laterSubgraph: name => subgraphUrl.safeParse(process.env[urlVariable(name)]).data,
    verify: await verifierFrom(env),
    identity: env.HUB_URL_IDENTITY,
    host: env.HUB_HOST,
    publicUrl: env.HUB_PUBLIC_URL,
    trustedProxies: env.HUB_TRUSTED_PROXIES,
    port: env.HUB_PORT,
    deadlineMs: env.HUB_DEADLINE_MS,
    importDeadlineMs: env.HUB_IMPORT_DEADLINE_MS,
    limits: limitsFrom(env),
    documents: await readManifest(env.HUB_DOCUMENTS),
    trustedOnly: env.HUB_TRUSTED_ONLY,
    slowMs: env.HUB_SLOW_MS,
    operators: { host: env.HUB_OPERATORS_HOST, port: env.HUB_OPERATORS_PORT },
    breaker: { failures: env.HUB_BREAKER_FAILURES, pause: env.HUB_BREAKER_PAUSE_MS },
    awayMs: env.HUB_AWAY_MS,
    // Nobody balances over the one gateway that a launcher starts.
    drainMs: env.HUB_DRAIN_MS ?? (process.send ? 0 : 3_000),
    executor: env.HUB_EXECUTOR,
    log: pino({ level: env.HUB_LOG, base: { service: 'gateway' } }),
  };
}
