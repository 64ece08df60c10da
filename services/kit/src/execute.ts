import { type EntityManager, IsolationLevel, type MikroORM } from '@mikro-orm/postgresql';
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  type OperationDefinitionNode,
  print,
} from 'graphql';
import { Context } from './context.ts';
import { claim, keepAnswer, operationHash } from './idempotency.ts';
import { causeOf, log } from './log.ts';
import { needsOf } from './needs.ts';
import { underWay } from './orm.ts';
import type { Peers } from './peer.ts';
import { logReads } from './read-log.ts';
import { session } from './slice.ts';
import { traced } from './tracing.ts';
import type { Viewer } from './viewer.ts';

/** What is known of a request before it touches the database. */
export interface Request {
  viewer: Viewer;
  requestId: string;
  authorization: string;
  idempotencyKey?: string;
  /** Aborted when the caller has gone: the statement under way is cancelled and nothing is kept. */
  departure?: AbortSignal;
}

interface Operation {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables?: Record<string, unknown>;
}

const touchesData = ({ selectionSet }: OperationDefinitionNode) =>
  selectionSet.selections.some(selection => selection.kind !== 'Field' || !selection.name.value.startsWith('__'));

/**
 * One operation, one transaction, begun as the viewer's database role with its slice. A query reads one snapshot and is rolled back;
 * a mutation commits with its revisions, its idempotency record and its read log, or not at all.
 */
export function operationExecutor(orm: MikroORM, schema: GraphQLSchema, peers: Peers) {
  const inTransaction = async (request: Request, write: boolean, work: (em: EntityManager) => Promise<ExecutionResult>) => {
    const em = orm.em.fork({
      session: session(request.viewer, request),
      signal: request.departure,
      inflightQueryAbortStrategy: 'cancel query',
    });
    await em.begin(
      write
        ? { isolationLevel: IsolationLevel.READ_COMMITTED }
        : { isolationLevel: IsolationLevel.REPEATABLE_READ, readOnly: true },
    );
    try {
      const result = await work(em);
      if (write && !result.errors?.length) {
        await em.commit();
        return result;
      }
      if (write) {
        await em.rollback();
        return { ...result, data: null };
      }
      // Nothing depends on the end of a read: the answer does not wait for it, and its count does not hold it.
      underWay
        .run({ statements: 0 }, () => em.rollback())
        .catch(error => log.warn({ cause: causeOf(error) }, 'read transaction not ended'));
      return result;
    } catch (error) {
      await em.rollback().catch(() => undefined);
      throw error;
    }
  };

  const run = async (em: EntityManager, request: Request, { document, operation, variables }: Operation) => {
    const contextValue = new Context(em, request.viewer, request.requestId, request.authorization, peers);
    const result = await execute({
      schema,
      document,
      contextValue,
      variableValues: variables,
      operationName: operation.name?.value,
    });
    return { result, contextValue };
  };

  const query = async (request: Request, operation: Operation) => {
    let context: Context | undefined;
    const result = await inTransaction(request, false, async em => {
      const ran = await run(em, request, operation);
      context = ran.contextValue;
      return ran.result;
    });
    if (context?.personalReads.size)
      await inTransaction(request, true, async em => {
        await logReads(em, context!);
        return {};
      });
    return result;
  };

  const mutation = (request: Request, operation: Operation) =>
    inTransaction(request, true, async em => {
      const { idempotencyKey: key, viewer } = request;
      if (key) {
        const answer = await claim(em, viewer.actor, key, operationHash(print(operation.document), operation.variables));
        if (answer !== undefined) return { data: answer as Record<string, unknown> };
      }
      const { result, contextValue } = await run(em, request, operation);
      if (result.errors?.length) return result;
      await logReads(em, contextValue);
      if (key) await keepAnswer(em, viewer.actor, key, result.data);
      return result;
    });

  return async (request: Request, operation: Operation): Promise<ExecutionResult> => {
    needsOf(schema).check(operation, request.viewer.scopes);
    if (!touchesData(operation.operation)) return (await run(orm.em.fork(), request, operation)).result;
    const kind = operation.operation.operation;
    return traced(kind, { 'hub.request': request.requestId }, () =>
      kind === 'mutation' ? mutation(request, operation) : query(request, operation),
    );
  };
}
