import { createHash } from 'node:crypto';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import type { Needs } from '@hub/kit/needs';
import type { GraphQLSchema } from 'graphql';
import { ledgerOwners, type Owner } from './imports/ledgers.ts';
import { type CostTable, costTable } from './limits/cost-table.ts';
import { needsOf } from './needs.ts';

/** Everything the door reads off a supergraph; replaced as a whole when another is loaded. */
export interface Loaded {
  supergraphSdl: string;
  /** SHA-256 of the SDL, its first 12 digits. */
  hash: string;
  at: Date;
  schema: GraphQLSchema;
  costs: CostTable;
  needs: Needs;
  ledgers: Map<string, Owner>;
}

/** Keeps what was read in step with what the gateway has loaded. */
export function followLoaded(gateway: GatewayInterface): () => Loaded {
  let loaded: Loaded | undefined;
  gateway.onSchemaLoadOrUpdate(({ apiSchema, coreSupergraphSdl }) => {
    loaded = {
      supergraphSdl: coreSupergraphSdl,
      hash: createHash('sha256').update(coreSupergraphSdl).digest('hex').slice(0, 12),
      at: new Date(),
      schema: apiSchema,
      costs: costTable(coreSupergraphSdl),
      needs: needsOf(coreSupergraphSdl),
      ledgers: ledgerOwners(apiSchema),
    };
  });
  return () => {
    if (!loaded) throw new Error('The gateway has loaded no supergraph.');
    return loaded;
  };
}
