import { randomUUID } from 'node:crypto';
import { departureOf } from '@hub/kit/departure';
import { HubError } from '@hub/kit/errors';
import { operationExecutor } from '@hub/kit/execute';
import { formatError } from '@hub/kit/format-error';
import { underWay } from '@hub/kit/orm';
import type { Peers } from '@hub/kit/peer';
import { requestIdIn } from '@hub/kit/request-id';
import { tellSecurity } from '@hub/kit/security-log';
import { subgraphSchema } from '@hub/kit/subgraph';
import type { Verify } from '@hub/kit/token';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { FastifyInstance } from 'fastify';
import { type GraphQLError, getOperationAST, Kind, type OperationDefinitionNode, parse, validate } from 'graphql';
import { z } from 'zod';
import { identity } from './identity.ts';
import { challenge, isRecent, signInTooOld } from './sign-in/recent-sign-in.ts';

interface Deps {
  orm: MikroORM;
  peers: Peers;
  verify: Verify;
  /** How long after a sign-in a person may change anything here. */
  stepUpSeconds: number;
}

const bodyShape = z.object({
  query: z.string().max(20_000),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

const oneError = (error: HubError) => ({ errors: [{ message: error.message, extensions: error.extensions }] });

const invalid = (message: string) => new HubError('INVALID_INPUT', message);

/** The parser stops there: what an administrator asks is short. */
const maxTokens = 1_000;

/**
 * The administrators' API. Not through Apollo Server: one small schema of our own, POST only, bearer token only. An Idempotency-Key is
 * not kept, because the answer would be, and answers hold one-time passwords and secrets.
 */
export async function serveAdministration(app: FastifyInstance, { orm, peers, verify, stepUpSeconds }: Deps): Promise<void> {
  // The noun of its scopes is accounts, as with a subgraph's name.
  const schema = await subgraphSchema({ ...identity, name: 'accounts' });
  const execute = await operationExecutor(orm, schema, peers);

  app.post('/identity/graphql', { bodyLimit: 65_536 }, async (request, reply) => {
    const requestId = requestIdIn(request.headers['x-request-id']) ?? randomUUID();
    reply.header('cache-control', 'no-store');
    try {
      const { authorization = '' } = request.headers;
      const viewer = await verify(authorization);
      if (viewer.role !== 'COMMITTEE') throw new HubError('FORBIDDEN', 'Accounts are administered by committees.');
      const body = bodyShape.safeParse(request.body);
      if (!body.success) throw invalid('The body is a JSON object with query and, where needed, variables and operationName.');
      const document = parse(body.data.query, { maxTokens });
      const [fault] = validate(schema, document, undefined, { maxErrors: 1 });
      if (fault) throw fault;
      const operation = getOperationAST(document, body.data.operationName);
      if (!operation) throw invalid('operationName: name one operation of the query.');
      const isChange = operation.operation === 'mutation';
      if (isChange && !isRecent(viewer, stepUpSeconds)) {
        reply.header('www-authenticate', challenge(stepUpSeconds));
        throw signInTooOld(stepUpSeconds);
      }
      const result = await underWay.run({ requestId, statements: 0 }, () =>
        execute(
          { viewer, authorization, requestId, departure: departureOf(reply.raw) },
          { document, operation, variables: body.data.variables ?? undefined },
        ),
      );
      if (isChange)
        tellSecurity('administered', {
          actor: viewer.actor,
          what: namesOf(operation),
          done: !result.errors?.length,
          address: request.ip,
          requestId,
        });
      return { data: result.data, errors: result.errors?.map(error => formatError(error.toJSON(), error)) };
    } catch (error) {
      if (error instanceof HubError) return reply.code(error.status).send(oneError(error));
      return reply.code(400).send({ errors: [formatError((error as GraphQLError).toJSON?.() ?? { message: '' }, error)] });
    }
  });
}

/** Which changes were asked for. */
const namesOf = ({ selectionSet }: OperationDefinitionNode) =>
  selectionSet.selections.map(field => (field.kind === Kind.FIELD ? field.name.value : '…')).join(' ');
