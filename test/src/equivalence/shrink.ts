import { type ASTNode, type GraphQLSchema, Kind, parse, print, validate, visit } from 'graphql';
import type { ClientOperation } from './generated-operation.ts';

const removable = new Set<string>([Kind.FIELD, Kind.INLINE_FRAGMENT, Kind.FRAGMENT_SPREAD, Kind.DIRECTIVE, Kind.ARGUMENT]);

/** A smaller operation that still fails: selections, directives and arguments are taken away one by one as long as it does. */
export async function shrink(
  schema: GraphQLSchema,
  operation: ClientOperation,
  fails: (operation: ClientOperation) => Promise<boolean>,
): Promise<ClientOperation> {
  let smallest = operation;
  for (let position = 0, tries = 0; tries < 400; tries++) {
    const query = without(smallest.query, position);
    if (query === undefined) break;
    const candidate = { ...smallest, query };
    if (isValid(schema, query) && (await fails(candidate))) smallest = candidate;
    else position++;
  }
  return smallest;
}

/** What lost its last selection does not even parse. */
function isValid(schema: GraphQLSchema, query: string): boolean {
  try {
    return validate(schema, parse(query)).length === 0;
  } catch {
    return false;
  }
}

/** The document without the node at that position, and without what nothing uses any more; undefined when there is none. */
function without(query: string, position: number): string | undefined {
  let seen = -1;
  const document = visit(parse(query), {
    enter: (node: ASTNode) => (removable.has(node.kind) && ++seen === position ? null : undefined),
  });
  if (seen < position) return undefined;
  return print(pruned(document));
}

function pruned(document: ReturnType<typeof parse>): ReturnType<typeof parse> {
  const used = new Set<string>();
  visit(document, {
    FragmentSpread: ({ name }) => void used.add(name.value),
    Variable: ({ name }, _key, parent) =>
      void (parent && 'kind' in parent && parent.kind === Kind.VARIABLE_DEFINITION ? 0 : used.add(`$${name.value}`)),
  });
  const smaller = visit(document, {
    FragmentDefinition: ({ name }) => (used.has(name.value) ? undefined : null),
    VariableDefinition: ({ variable }) => (used.has(`$${variable.name.value}`) ? undefined : null),
  });
  return smaller.definitions.length < document.definitions.length ? pruned(smaller) : smaller;
}
