import { type ConstDirectiveNode, type GraphQLNamedType, Kind } from 'graphql';

interface Annotated {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

/** Our directive and its spec: composition carries it into the supergraph, where the gateway reads it. */
export const needsSdl = `extend schema @link(url: "https://hub.invalid/needs/v1.0", import: ["@needs"]) @composeDirective(name: "@needs")

"""
The scopes a token must hold for an operation that asks for this; the scopes of a type hold for each of its fields (所需权限).
"""
directive @needs(scopes: [String!]!) on OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE
`;

export const needsNode = (scopes: readonly string[]): ConstDirectiveNode => ({
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: 'needs' },
  arguments: [
    {
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: 'scopes' },
      value: { kind: Kind.LIST, values: scopes.map(value => ({ kind: Kind.STRING, value })) },
    },
  ],
});

/** What `@needs` says at a place of the schema itself, its type apart. */
export function scopesAt(node: Annotated | null | undefined): string[] {
  const needs = node?.directives?.find(({ name }) => name.value === 'needs');
  const scopes = needs?.arguments?.find(({ name }) => name.value === 'scopes')?.value;
  if (scopes?.kind !== Kind.LIST) return [];
  return scopes.values.map(each => (each.kind === Kind.STRING ? each.value : ''));
}

/** What `@needs` says of a type as a whole. */
export const scopesAtType = ({ astNode, extensionASTNodes = [] }: GraphQLNamedType): string[] =>
  [astNode, ...extensionASTNodes].flatMap(node => scopesAt(node));
