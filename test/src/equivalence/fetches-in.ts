import { Kind, type OperationDefinitionNode, parse, print, visit } from 'graphql';

/** What a request asks a subgraph. */
export interface AskedOfSubgraph {
  query: string;
  variables: Record<string, unknown>;
}

/** The list of representations of a request's only fetch. */
const alone = 'representations';

/** The fetches of a plan that a request holds: one, or several of entities that are asked together, each as if it were alone and had no name. */
export function fetchesIn({ query, variables }: AskedOfSubgraph): AskedOfSubgraph[] {
  const [definition, ...more] = parse(query, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION || more.length > 0) return [{ query, variables }];
  const { selections } = definition.selectionSet;
  if (!isShared(definition)) return [{ query: printed(definition), variables }];
  return selections.map(field => {
    const part = { ...definition, selectionSet: { ...definition.selectionSet, selections: [field] } };
    const used = new Set<string>();
    const named = visit(part, {
      VariableDefinition: () => false,
      Field: node => (node === field ? { ...node, alias: undefined } : undefined),
      Variable: ({ name: { value } }) => void used.add(value),
    });
    const list = [...used].find(name => name.startsWith(alone))!;
    const own = {
      ...named,
      variableDefinitions: definition.variableDefinitions!.filter(({ variable }) => used.has(variable.name.value)),
    };
    const renamed = visit(own, {
      Name: node => (node.value === list ? { ...node, value: alone } : undefined),
    });
    const { [list]: representations, ...rest } = variables;
    const ownVariables = Object.fromEntries(Object.entries(rest).filter(([name]) => used.has(name)));
    return { query: printed(renamed), variables: { ...ownVariables, representations } };
  });
}

const isShared = ({ selectionSet: { selections } }: OperationDefinitionNode) =>
  selections.every(field => field.kind === Kind.FIELD && field.name.value === '_entities' && field.alias);

/** Variables are declared in any order. */
const printed = ({ name: _, ...definition }: OperationDefinitionNode) =>
  print({
    ...definition,
    variableDefinitions: definition.variableDefinitions?.toSorted((a, b) =>
      a.variable.name.value < b.variable.name.value ? -1 : 1,
    ),
  });
