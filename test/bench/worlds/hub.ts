import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { builtEntries, inRepository, subgraphs } from '@hub/launcher/layout';
import { startHub } from '@hub/launcher/start-hub';
import { passwordsOf } from '@hub/postgres/passwords';
import type { ServiceUrls } from '@hub/postgres/provision';
import { memoryBelow, type ProcessMemory } from '@hub/test/process-memory';
import { variableOf } from '../process-usage.ts';
import type { World } from './world.ts';

/** The supergraph of this repository with true addresses in the place of those that lead nowhere. */
const withAddresses = (supergraphSdl: string, urls: Record<string, string>) =>
  Object.entries(urls).reduce(
    (sdl, [name, url]) => sdl.replace(`http://${name}.invalid/graphql`, `${url}/graphql`),
    supergraphSdl,
  );

/** What each subgraph was started with. */
async function databasesOf(running: ProcessMemory[], dataDirectory: string): Promise<Record<string, ServiceUrls>> {
  const secret = (await readFile(join(dataDirectory, 'postgres', 'password'), 'utf8')).trim();
  const passwordOf = passwordsOf(`postgres://postgres:${secret}@127.0.0.1/postgres`);
  const all: Record<string, ServiceUrls> = {};
  for (const name of subgraphs) {
    const { pid } = running.find(({ command }) => command.includes(`${name}/dist/main.js`))!;
    const databaseUrl = (await variableOf(pid, `DATABASE_URL_${name.toUpperCase()}`))!;
    const username = `hub_${name}_owner`;
    all[name] = {
      databaseUrl,
      migrateUrl: Object.assign(new URL(databaseUrl), { username, password: passwordOf(username) }).href,
    };
  }
  return all;
}

/** The real hub with its sample city. Its own gateway stays idle: each contestant stands before the same subgraphs instead. */
export async function hubWorld(dataDirectory: string): Promise<World> {
  const environment = join(dataDirectory, 'gateway-environment.json');
  process.env.BENCH_GATEWAY_ENVIRONMENT = environment;
  const gateway = join(import.meta.dirname, 'telling-gateway.ts');
  const hub = await startHub({ dataDirectory, port: 0, sample: 'changchun', entries: { ...builtEntries, gateway } });
  const hubEnv = JSON.parse(await readFile(environment, 'utf8')) as Record<string, string>;
  const urls = Object.fromEntries(subgraphs.map(name => [name, hubEnv[`HUB_URL_${name.toUpperCase()}`]!]));
  const running = (await memoryBelow()).filter(({ command }) => subgraphs.some(name => command.includes(`${name}/dist/main.js`)));
  return {
    name: 'hub',
    supergraphSdl: withAddresses(await readFile(inRepository('schema', 'supergraph.graphql'), 'utf8'), urls),
    subgraphs: await Promise.all(
      subgraphs.map(async name => ({
        name,
        url: urls[name]!,
        typeDefs: await readFile(inRepository('schema', `${name}.graphql`), 'utf8'),
      })),
    ),
    hubEnv,
    pids: running.map(({ pid }) => pid),
    databases: await databasesOf(running, dataDirectory),
    stop: () => hub.stop(),
  };
}
