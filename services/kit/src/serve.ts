import { randomUUID } from 'node:crypto';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { MikroORM } from '@mikro-orm/postgresql';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { GraphQLError } from 'graphql';
import { departureOf } from './departure.ts';
import { markFeed, tendMarks } from './epoch.ts';
import { HubError } from './errors.ts';
import { operationExecutor, type Request } from './execute.ts';
import type { Following } from './follow.ts';
import { graphqlServer } from './graphql-server.ts';
import { idempotencyKeyOf, operationPartHeader, readOperationPart } from './idempotency-key.ts';
import { leavingHeader } from './leaving-header.ts';
import { serveObservation } from './observe.ts';
import { openStrong } from './open-strong.ts';
import { underWay } from './orm.ts';
import type { Peers } from './peer.ts';
import { requestIdIn } from './request-id.ts';
import { endSilentConnections } from './silent-connections.ts';
import { type Subgraph, subgraphSchema } from './subgraph.ts';
import { takingLeave } from './taking-leave.ts';
import type { Verify } from './token.ts';
import { inTraceOf } from './tracing.ts';

export interface Serving {
  url: string;
  port: number;
  orm: MikroORM;
  /** Is not ready any more, refuses what still comes before anything of it is done, and ends what is under way. */
  leave(): Promise<void>;
  stop(): Promise<void>;
}

export interface ServeOptions {
  databaseUrl: string;
  verify: Verify;
  /** Base URLs of the subgraphs this one asks, by name. */
  peers?: Peers;
  /** The feeds it follows; may be filled later. */
  following?: readonly Following[];
  host?: string;
  port?: number;
  /** Milliseconds after which a connection to PostgreSQL on which nothing comes is given up; longer than a statement may take. */
  silence?: number;
}

async function requestOf({ headers }: FastifyRequest, reply: FastifyReply, verify: Verify): Promise<Request> {
  try {
    return {
      viewer: await verify(headers.authorization),
      authorization: headers.authorization ?? '',
      requestId: underWay.getStore()!.requestId!,
      clientRequestId: requestIdIn(headers['x-client-request-id']),
      idempotencyKey: idempotencyKeyOf(headers['idempotency-key']),
      part: readOperationPart(headers[operationPartHeader]),
      departure: departureOf(reply.raw),
    };
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    throw new GraphQLError(error.message, { extensions: { ...error.extensions, http: { status: error.status } } });
  }
}

/** The gateway asks another process, or this one's successor. */
function refuse(reply: FastifyReply): void {
  const { message, extensions } = new HubError('UNAVAILABLE', 'This process is leaving; nothing was done. Try again.', {
    retryable: true,
  });
  reply
    .code(503)
    .header(leavingHeader, '1')
    // A process that is leaving keeps no connection, from the first refusal on.
    .header('connection', 'close')
    .send({ errors: [{ message, extensions }] });
}

/** Serves a subgraph over HTTP: GraphQL with the slice below it, and health. */
export async function serve(
  subgraph: Subgraph,
  { databaseUrl, verify, peers = {}, following = [], host = '127.0.0.1', port = 0, silence }: ServeOptions,
): Promise<Serving> {
  const orm = await openStrong(subgraph.name, databaseUrl, subgraph, silence);
  // A database that was restored begins its next epoch here.
  await markFeed(orm);
  const leaveMarks = tendMarks(orm);
  const schema = await subgraphSchema(subgraph);
  const server = graphqlServer(schema, await operationExecutor(orm, schema, peers));
  await server.start();

  const app: FastifyInstance = fastify({
    bodyLimit: 16 * 1024 * 1024,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
  });
  endSilentConnections(app);
  app.get('/livez', async () => ({ status: 'ok' }));
  const leave = takingLeave(app);
  app.get('/readyz', async (_request, reply) => {
    if (leave.hasBegun) return reply.code(503).send({ status: 'leaving' });
    const connected = await orm.isConnected();
    return reply.code(connected ? 200 : 503).send({ status: connected ? 'ok' : 'database not reachable' });
  });
  app.post(
    '/graphql',
    { onRequest: (_request, reply, done) => (leave.hasBegun ? refuse(reply) : done()) },
    fastifyApolloHandler(server, {
      context: (request, reply) => requestOf(request, reply, verify),
    }),
  );
  serveObservation(app, subgraph.name, { orm, following });
  app.addHook('preHandler', (request, _reply, done) =>
    inTraceOf(request.headers, () =>
      underWay.run({ requestId: requestIdIn(request.headers['x-request-id']) ?? randomUUID(), statements: 0 }, done),
    ),
  );
  app.addHook('onSend', async (_request, reply) => {
    const request = underWay.getStore();
    if (request) reply.header('x-hub-statements', request.statements);
  });
  await app.listen({ host, port });
  const address = app.server.address() as { port: number };
  return {
    url: `http://${host}:${address.port}`,
    port: address.port,
    orm,
    leave: () => leave.begin(),
    stop: async () => {
      leaveMarks();
      await app.close();
      await server.stop();
      await orm.close(true);
    },
  };
}
