import { isScope } from '@hub/identity/scopes';
import { subgraphSdl } from '@hub/kit/subgraph';
import { subgraphs } from '@hub/schema/subgraphs';
import { describe, expect, it } from '@jest/globals';
import { getMetadataStorage } from 'type-graphql';

// Building the schemas is what gathers the metadata.
for (const subgraph of subgraphs) await subgraphSdl(subgraph);

describe('every query and mutation', () => {
  expect(subgraphs).toHaveLength(4);
  const { queries, mutations } = getMetadataStorage();

  it.each([...queries, ...mutations].map(operation => [operation.schemaName, operation.roles ?? []] as const))(
    '%s declares a known scope',
    (_name, roles) => {
      expect(roles.length).toBeGreaterThan(0);
      for (const role of roles) expect(isScope(role)).toBe(true);
    },
  );
});
