import type { FieldSelection } from '@apollo/federation-internals';
import {
  executeSync,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type VariableNode,
  visit,
} from 'graphql';

/** Answers a field of the schema itself (`__schema`, `__type`) by graphql-js, as an operation of its own. */
export function introspect(
  schema: GraphQLSchema,
  selection: FieldSelection,
  { variableDefinitions }: OperationDefinitionNode,
  variableValues: Record<string, unknown>,
): unknown {
  const field = selection.expandFragments().toSelectionNode();
  const used = variablesIn(field);
  const { data, errors } = executeSync({
    schema,
    document: {
      kind: Kind.DOCUMENT,
      definitions: [
        {
          kind: Kind.OPERATION_DEFINITION,
          operation: OperationTypeNode.QUERY,
          variableDefinitions: variableDefinitions?.filter(({ variable }) => used.has(variable.name.value)),
          selectionSet: { kind: Kind.SELECTION_SET, selections: [field] },
        },
      ],
    },
    rootValue: {},
    variableValues,
  });
  if (errors?.length || !data) throw new Error(`The schema did not answer ${field.name.value}: ${errors}`);
  return data[field.alias?.value ?? field.name.value];
}

function variablesIn(node: FieldNode): Set<string> {
  const names = new Set<string>();
  visit(node, { [Kind.VARIABLE]: ({ name }: VariableNode) => void names.add(name.value) });
  return names;
}
