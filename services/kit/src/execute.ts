import { type EntityManager, IsolationLevel, type MikroORM } from '@mikro-orm/postgresql';
import { type DocumentNode, type ExecutionResult, execute, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { CompiledQueries, isWhole } from './compiled-queries.ts';
import { isDecided } from './connection-loss.ts';
import { Context } from './context.ts';
import { HubError } from './errors.ts';
import { claim, keepAnswer } from './idempotency.ts';
import type { OperationPart } from './idempotency-key.ts';
import { needsOf } from './needs.ts';
import { operationHash } from './operation-hash.ts';
import { underWay } from './orm.ts';
import type { Peers } from './peer.ts';
import { commitInOneMessage } from './read/commit-in-one-message.ts';
import { filled } from './read/prepared.ts';
import { ReadTransaction } from './read/read-transaction.ts';
import { Reader } from './read/reader.ts';
import { readLogSql } from './read-log.ts';
import { session } from './slice.ts';
import { assertMayCollide, isTakenKey, noteTaken } from './taken-keys.ts';
import { traced } from './tracing.ts';
import { fingerprintOf, type Viewer } from './viewer.ts';

/** What is known of a request before it touches the database. */
export interface Request {
  viewer: Viewer;
  requestId: string;
  /** What the client calls its request; told beside ours. */
  clientRequestId?: string | undefined;
  authorization: string;
  idempotencyKey?: string;
  /** What a call of the gateway is a part of; a caller of one's own sends the whole. */
  part?: OperationPart;
  /** Aborted when the caller has gone: the statement under way is cancelled and nothing is kept. */
  departure?: AbortSignal;
}

/** One operation of a document that is valid. */
export interface Operation {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables?: Record<string, unknown>;
}

function claimOf({ viewer, idempotencyKey: key, part }: Request, { document, operation, variables }: Operation) {
  if (key === undefined) return undefined;
  const { hash, step } = part ?? { hash: operationHash(document, operation.name?.value, variables), step: '' };
  return { viewer: fingerprintOf(viewer), key, step, hash };
}

/** The answer to a COMMIT was lost: it may have been done. Only a key makes sure that repeating it does not do it twice. */
const unknownOutcome = (hasKey: boolean) =>
  new HubError(
    'UNKNOWN_OUTCOME',
    hasKey
      ? 'Whether the change was made is not known: repeat it with the same Idempotency-Key (结果未知，请用同一幂等键重试).'
      : 'Whether the change was made is not known: read it again before you repeat it, and send an Idempotency-Key next time (结果未知，请先查询再重试).',
    { retryable: hasKey },
  );

/**
 * One operation, one transaction, begun as the viewer's database role with its slice. A query reads one snapshot and is rolled back;
 * a mutation commits with its revisions, its idempotency record and its read log, or not at all.
 */
export async function operationExecutor(orm: MikroORM, schema: GraphQLSchema, peers: Peers) {
  const pool = await orm.em.getConnection().getNativeClient();
  // Holds no row, so all queries share it: it only knows the tables.
  const tables = orm.em.fork();
  const asDriverException = (error: unknown): never => {
    throw error instanceof HubError
      ? error
      : orm.em
          .getPlatform()
          .getExceptionConverter()
          .convertException(error as Error);
  };

  const run = async ({ document, operation, variables }: Operation, contextValue: Context) =>
    execute({ schema, document, contextValue, variableValues: variables, operationName: operation.name?.value });

  const contextOf = ({ viewer, requestId, clientRequestId, authorization }: Request, reader: Reader, em?: EntityManager) =>
    new Context(reader, viewer, { requestId, clientRequestId }, authorization, peers, em);

  const compiled = new CompiledQueries(schema);

  const read = async (request: Request, execution: (context: Context) => ExecutionResult | Promise<ExecutionResult>) => {
    const transaction = new ReadTransaction(pool, session(request.viewer, request).variables, request.departure);
    const context = contextOf(request, new Reader(tables, statement => transaction.rows(statement).catch(asDriverException)));
    try {
      return { context, result: await execution(context) };
    } finally {
      // The count of the answer does not hold it.
      void underWay.run({ statements: 0 }, () => transaction.end());
    }
  };

  const query = async (request: Request, operation: Operation) => {
    const fast = compiled.for(operation.document, operation.operation.name?.value);
    const once = fast && (await read(request, context => fast(undefined, context, operation.variables)));
    const { context, result } = once && isWhole(once.result) ? once : await read(request, context => run(operation, context));
    const shown = readLogSql(context);
    if (shown) await commitInOneMessage(pool, session(request.viewer, request).variables, shown).catch(asDriverException);
    return result;
  };

  const mutation = async (request: Request, operation: Operation): Promise<ExecutionResult> => {
    assertMayCollide(request.viewer);
    const em = orm.em.fork({
      session: session(request.viewer, request),
      signal: request.departure,
      inflightQueryAbortStrategy: 'cancel query',
    });
    await em.begin({ isolationLevel: IsolationLevel.READ_COMMITTED });
    try {
      const claimed = claimOf(request, operation);
      const answer = claimed && (await claim(em, claimed));
      if (answer !== undefined) {
        await em.commit();
        return { data: answer as Record<string, unknown> };
      }
      const context = contextOf(request, new Reader(tables, statement => em.execute(filled(statement))), em);
      const result = await run(operation, context);
      if (result.errors?.length) {
        await em.rollback();
        const taken = result.errors.filter(({ originalError }) => isTakenKey(originalError)).length;
        if (taken > 0) noteTaken(request.viewer, request.requestId, taken);
        return { ...result, data: null };
      }
      const shown = readLogSql(context);
      if (shown) await em.execute(shown);
      if (claimed) await keepAnswer(em, claimed, result.data);
      await em.flush();
      await em.commit().catch(error => {
        throw isDecided(error) ? error : unknownOutcome(Boolean(claimed));
      });
      return result;
    } catch (error) {
      await em.rollback().catch(() => undefined);
      if (isTakenKey(error)) noteTaken(request.viewer, request.requestId, 1);
      throw error;
    }
  };

  return async (request: Request, operation: Operation): Promise<ExecutionResult> => {
    needsOf(schema).check(operation, request.viewer);
    const kind = operation.operation.operation;
    return traced(kind, { 'hub.request': request.requestId }, () =>
      kind === 'mutation' ? mutation(request, operation) : query(request, operation),
    );
  };
}
