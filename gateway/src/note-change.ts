import { operationHash } from '@hub/kit/operation-hash';
import { type DocumentNode, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import type { Caller } from './caller.ts';

/** Notes what a change under an idempotency key is, before it is cut into calls: each call says which part of it it is. */
export function noteChange(
  { asked, idempotencyKey }: Caller,
  document: DocumentNode,
  { operation, name }: OperationDefinitionNode,
  variables: Record<string, unknown>,
): void {
  if (idempotencyKey === undefined || operation !== OperationTypeNode.MUTATION) return;
  asked.change = { hash: operationHash(document, name?.value, variables) };
}
