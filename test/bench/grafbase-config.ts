import type { SubgraphAt } from './worlds/world.ts';

/** Grafbase composes for itself, from the subgraphs' SDL, and forwards the header it is told to. */
export const grafbaseConfig = (subgraphs: readonly SubgraphAt[]) =>
  [
    '[[headers]]\nrule = "forward"\nname = "authorization"\n',
    ...subgraphs.map(
      ({ name, url }) => `[subgraphs.${name}]\nurl = ${JSON.stringify(`${url}/graphql`)}\nschema_path = "${name}.graphql"\n`,
    ),
  ].join('\n');
