import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { port, readEnv } from '@hub/kit/env';
import { keySet, tokenVerifier } from '@hub/kit/token';
import { pino } from 'pino';
import { z } from 'zod';
import type { GatewayOptions } from './gateway.ts';
import { subgraphNames, urlVariable } from './supergraph.ts';

const committedSupergraph = fileURLToPath(new URL('../../schema/supergraph.graphql', import.meta.url));
const httpUrl = z.url({ protocol: /^https?$/, message: 'must be an http:// or https:// URL' });

/** Reads everything the gateway needs to know from the environment. */
export async function gatewayOptions(): Promise<Required<GatewayOptions>> {
  const env = readEnv({
    HUB_PORT: port(4000),
    HUB_HOST: z.string().default('127.0.0.1'),
    HUB_JWKS: z.url({ message: 'must be a file:// or http(s):// URL of the key set' }),
    HUB_ISSUER: z.string().default('urn:hub'),
    HUB_SUPERGRAPH: z.string().default(committedSupergraph),
    HUB_DEADLINE_MS: z.coerce.number().int().min(100).max(600_000).default(10_000),
    HUB_IMPORT_DEADLINE_MS: z.coerce.number().int().min(60_000).max(3_600_000).default(300_000),
    HUB_LOG: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
  });
  const supergraphSdl = await readFile(env.HUB_SUPERGRAPH, 'utf8').catch(() => {
    throw new Error(`The supergraph cannot be read at ${env.HUB_SUPERGRAPH}: compose it, or set HUB_SUPERGRAPH.`);
  });
  const names = subgraphNames(supergraphSdl);
  const urls = readEnv(Object.fromEntries(names.map(name => [urlVariable(name), httpUrl])));
  const keys = await keySet(env.HUB_JWKS).catch(() => {
    throw new Error(`The key set cannot be read at ${env.HUB_JWKS} (HUB_JWKS).`);
  });
  return {
    supergraphSdl,
    subgraphs: Object.fromEntries(names.map(name => [name, String(urls[urlVariable(name)])])),
    verify: tokenVerifier(keys, env.HUB_ISSUER),
    host: env.HUB_HOST,
    port: env.HUB_PORT,
    deadlineMs: env.HUB_DEADLINE_MS,
    importDeadlineMs: env.HUB_IMPORT_DEADLINE_MS,
    log: pino({ level: env.HUB_LOG, base: { service: 'gateway' } }),
  };
}
