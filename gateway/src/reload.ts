import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import { costTable } from './limits/cost-table.ts';
import type { Loaded } from './loaded.ts';
import { needsOf } from './needs.ts';
import { schemaChange } from './schema-change.ts';
import type { SubgraphFleet } from './subgraph-fleet.ts';

/** How a reload ended. */
export type Reloaded = 'replaced' | 'unchanged' | 'refused';

interface Reloading {
  file: string | undefined;
  fleet: SubgraphFleet;
  loaded: () => Loaded;
  /** Apollo's own way to another supergraph; throws for a bad one and keeps the present. */
  update: (supergraphSdl: string) => void;
  log: Logger;
}

/** Makes what reads the supergraph file again and goes over to it, or says why not and stays. One reload runs at a time. */
export function reloader({ file, fleet, loaded, update, log }: Reloading): () => Promise<Reloaded> {
  const reload = async (): Promise<Reloaded> => {
    const before = loaded();
    try {
      if (file === undefined) throw new Error('No file to read it from is known.');
      const supergraphSdl = await readFile(file, 'utf8');
      if (supergraphSdl === before.supergraphSdl) return 'unchanged';
      await assertReady(fleet, supergraphSdl);
      // What cannot be measured or guarded must not be loaded: Apollo goes over to it whatever its listeners say.
      costTable(supergraphSdl);
      needsOf(supergraphSdl);
      update(supergraphSdl);
      fleet.use(supergraphSdl);
      log.warn({ from: before.hash, to: loaded().hash, ...schemaChange(before.schema, loaded().schema) }, 'supergraph replaced');
      return 'replaced';
    } catch (error) {
      log.error({ file, reason: (error as Error).message, stays: before.hash }, 'supergraph refused');
      return 'refused';
    }
  };
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const next = last.then(reload);
    last = next;
    return next;
  };
}

/** Opens the way to subgraphs that are new, and waits for none that is not there. */
async function assertReady(fleet: SubgraphFleet, supergraphSdl: string): Promise<void> {
  for (const subgraph of fleet.open(supergraphSdl)) {
    const processes = await subgraph.look();
    if (!processes.some(({ ready }) => ready)) throw new Error(`The new subgraph "${subgraph.name}" is not ready.`);
  }
}
