import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LaunchFailure } from './launch-failure.ts';

const repository = resolve(import.meta.dirname, '..', '..', '..');

/** A path of this repository. */
export const inRepository = (...parts: string[]) => join(repository, ...parts);

/** The subgraphs, in the order they start: each follows the feeds of those before it. */
export const subgraphs = ['organisations', 'people', 'campaigns', 'programs'] as const;
export type Subgraph = (typeof subgraphs)[number];
const stages: readonly (readonly Subgraph[])[] = [['organisations'], ['people'], ['campaigns', 'programs']];

/** Whatever has a database of its own. */
export const services = [...subgraphs, 'identity'] as const;
export type Service = (typeof services)[number];

/** What the launcher runs: one compiled file per process. */
export interface Entries {
  postgres: string;
  gateway: string;
  identity: string;
  service(name: Subgraph): string;
  /** All subgraphs in one process. */
  together: string;
  /** Brings the databases up to date, then ends. */
  migrations: string;
}

export const builtEntries: Entries = {
  postgres: inRepository('services', 'postgres', 'dist', 'main.js'),
  gateway: inRepository('gateway', 'dist', 'main.js'),
  identity: inRepository('services', 'identity', 'dist', 'main.js'),
  service: name => inRepository('services', name, 'dist', 'main.js'),
  together: inRepository('services', 'launcher', 'dist', 'together.js'),
  migrations: inRepository('services', 'launcher', 'dist', 'migrations.js'),
};

/** A process that serves subgraphs. */
export interface SubgraphProcess {
  name: string;
  entry: string;
  subgraphs: readonly Subgraph[];
}

/** The processes of the subgraphs, stage by stage: one each, or one for all (docs/decisions/subgraphs-together.md). */
export const subgraphProcesses = (entries: Entries, areTogether: boolean): SubgraphProcess[][] =>
  areTogether
    ? [[{ name: 'subgraphs', entry: entries.together, subgraphs }]]
    : stages.map(stage => stage.map(name => ({ name, entry: entries.service(name), subgraphs: [name] })));

export function assertBuilt(entry: string): void {
  if (!existsSync(entry)) throw new LaunchFailure(`${entry} is missing: run "npm run build" first.`);
}

/** A compiled file of another workspace. It is found as its program is: the launcher depends on none of them. */
export async function importBuilt(...path: string[]): Promise<Record<string, any>> {
  const file = inRepository(...path);
  assertBuilt(file);
  return import(pathToFileURL(file).href);
}
