import { HubError } from '@hub/kit/errors';
import { type DocumentNode, Kind, type OperationDefinitionNode } from 'graphql';
import { conditionVariables } from './executor/conditions.ts';

const known = new WeakMap<OperationDefinitionNode, string[]>();

/** Refuses a null for a variable of `@skip` or `@include`, which validation lets pass where the variable has a default. */
export function assertConditions(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): void {
  const missing = nullableConditions(document, operation).find(name => variables[name] === null);
  if (missing !== undefined)
    throw new HubError(
      'INVALID_INPUT',
      `Variable "$${missing}" decides @skip or @include and must not be null: leave it out to have its default, or give true or false.`,
    );
}

function nullableConditions(document: DocumentNode, operation: OperationDefinitionNode): string[] {
  const kept = known.get(operation);
  if (kept) return kept;
  const definitions = operation.variableDefinitions ?? [];
  const nullable = new Set(
    definitions.filter(({ type }) => type.kind !== Kind.NON_NULL_TYPE).map(({ variable }) => variable.name.value),
  );
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  const names = nullable.size > 0 ? conditionVariables(operation, fragments).filter(name => nullable.has(name)) : [];
  known.set(operation, names);
  return names;
}
