import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

/** A supergraph, and what it was composed of. */
export interface Federation {
  name: string;
  supergraphSdl: string;
  /** SDL by subgraph. */
  subgraphs: Record<string, string>;
}

/** From `src` and `dist` alike. */
const root = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const readAll = (folder: string, names: string[]) =>
  Object.fromEntries(names.map(name => [name, read(`${folder}/${name}.graphql`)]));

/** The hub's own. */
export const hub: Federation = {
  name: 'hub',
  supergraphSdl: read('schema/supergraph.graphql'),
  subgraphs: readAll('schema', ['organisations', 'people', 'campaigns', 'programs']),
};

/** Made up of what federation offers and the hub does not use: entity interfaces, provided and required fields, keys within keys. */
export const museum: Federation = compose(
  'museum',
  readAll('test/src/equivalence/museum', ['catalog', 'loans', 'visitors', 'shop']),
);

function compose(name: string, subgraphs: Record<string, string>): Federation {
  const services = Object.entries(subgraphs).map(([each, sdl]) => ({
    name: each,
    url: `http://${each}.invalid/`,
    typeDefs: parse(sdl),
  }));
  const { errors, supergraphSdl } = composeServices(services);
  if (errors) throw new AggregateError(errors, `${name} does not compose: ${errors[0]!.message}`);
  return { name, supergraphSdl, subgraphs };
}
