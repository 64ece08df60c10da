import { Kind, parse } from 'graphql';

/** The names of the subgraphs a supergraph is composed of, as its `join__Graph` enum says. */
export function subgraphNames(supergraphSdl: string): string[] {
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue;
    return (definition.values ?? []).flatMap(value => {
      const name = value.directives?.[0]?.arguments?.find(argument => argument.name.value === 'name')?.value;
      return name?.kind === Kind.STRING ? [name.value] : [];
    });
  }
  throw new Error('The supergraph has no join__Graph enum: compose it again.');
}

/** The environment variable that says where a subgraph is. */
export const urlVariable = (name: string) => `HUB_URL_${name.toUpperCase().replace(/\W/g, '_')}`;
