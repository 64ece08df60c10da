import { type GraphQLError, type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from 'graphql';

/** What is wrong with the variables of an operation. */
export function misfits(
  schema: GraphQLSchema,
  { variableDefinitions }: OperationDefinitionNode,
  variables: Record<string, unknown> = {},
): readonly GraphQLError[] | undefined {
  return variableDefinitions?.length ? getVariableValues(schema, variableDefinitions, variables).errors : undefined;
}
