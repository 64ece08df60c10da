import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { roomy } from '@hub/launcher/child';
import { builtEntries } from '@hub/launcher/layout';
import type { Step } from './fetches.ts';
import { grafbaseConfig } from './grafbase-config.ts';
import { inPeers } from './install-peers.ts';
import { addresses, type World } from './worlds/world.ts';

/** Where a contestant is to serve, and what it finds there. */
export interface Place {
  world: World;
  /** For its files. */
  folder: string;
  port: number;
}

interface Command {
  program: string;
  args: string[];
  env?: Record<string, string>;
}

export interface Contestant {
  key: string;
  name: string;
  /** The package whose version is told; none is this repository. */
  package?: string;
  /** Why it is not asked in a world. */
  staysOut?: (world: World) => string | undefined;
  command(place: Place): Promise<Command>;
}

async function file({ folder }: Place, name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const node = (args: string[], env: Record<string, string> = {}): Command => ({ program: process.execPath, args, env });

const hub = (executor: 'hub' | 'apollo') => async (place: Place) =>
  node([...roomy, builtEntries.gateway], {
    ...place.world.hubEnv,
    ...addresses(place.world.subgraphs),
    HUB_EXECUTOR: executor,
    HUB_PORT: String(place.port),
    HUB_SUPERGRAPH: await file(place, 'supergraph.graphql', place.world.supergraphSdl),
    // Nobody has agreed on documents of a shop.
    ...(place.world.name === 'shop' && {
      HUB_DOCUMENTS: await file(
        place,
        'documents.json',
        '{ "format": "apollo-persisted-query-manifest", "version": 1, "operations": [] }',
      ),
    }),
  });

const hive = (flags: string[]) => async (place: Place) =>
  node([
    inPeers('node_modules', '@graphql-hive', 'gateway', 'dist', 'bin.js'),
    'supergraph',
    await file(place, 'supergraph.graphql', place.world.supergraphSdl),
    '--host=127.0.0.1',
    `--port=${place.port}`,
    `--config-path=${inPeers('hive-gateway.config.js')}`,
    ...flags,
  ]);

export const apollo: Contestant = {
  key: 'apollo',
  name: '@apollo/gateway, default',
  package: '@apollo/gateway',
  command: async place =>
    node([inPeers('apollo-gateway.js')], {
      PORT: String(place.port),
      BENCH_SUPERGRAPH: await file(place, 'supergraph.graphql', place.world.supergraphSdl),
    }),
};

const mercurius: Contestant = {
  key: 'mercurius',
  name: 'Mercurius gateway, compiled',
  package: '@mercuriusjs/gateway',
  staysOut: ({ subgraphs }) =>
    subgraphs.every(({ federation1 }) => federation1)
      ? undefined
      : 'knows federation 1 only, and these subgraphs need federation 2',
  command: async place =>
    node([inPeers('mercurius-gateway.js')], {
      PORT: String(place.port),
      BENCH_SUBGRAPHS: await file(place, 'subgraphs.json', JSON.stringify(place.world.subgraphs)),
    }),
};

const grafbasePackage = '@grafbase/cli-x86_64-unknown-linux-musl';

const grafbase: Contestant = {
  key: 'grafbase',
  name: 'Grafbase (Rust)',
  package: grafbasePackage,
  command: async place => {
    for (const { name, typeDefs } of place.world.subgraphs) await file(place, `${name}.graphql`, typeDefs);
    const program = inPeers('node_modules', grafbasePackage, 'grafbase');
    const args = [
      `--home=${place.folder}`,
      'dev',
      `--config=${await file(place, 'grafbase.toml', grafbaseConfig(place.world.subgraphs))}`,
      `--listen-address=127.0.0.1:${place.port}`,
    ];
    return { program, args };
  },
};

/** Sends what Apollo's gateway was seen to send. */
const floor = (fetches: () => Map<string, Step[]>): Contestant => ({
  key: 'floor',
  name: 'floor: the same fetches, joined as bytes',
  package: 'undici',
  command: async place =>
    node([inPeers('floor.js')], {
      PORT: String(place.port),
      BENCH_FETCHES: await file(place, 'fetches.json', JSON.stringify([...fetches()])),
    }),
});

export const contestants = (fetches: () => Map<string, Step[]>): readonly Contestant[] => [
  { key: 'hub', name: 'the hub', command: hub('hub') },
  { key: 'hub-apollo', name: 'the hub, HUB_EXECUTOR=apollo', command: hub('apollo') },
  apollo,
  { key: 'hive', name: 'Hive Gateway', package: '@graphql-hive/gateway', command: hive([]) },
  {
    key: 'hive-rust',
    name: 'Hive Gateway, Rust planner',
    package: '@graphql-hive/router-runtime',
    command: hive(['--hive-router-runtime']),
  },
  mercurius,
  grafbase,
  floor(fetches),
];
