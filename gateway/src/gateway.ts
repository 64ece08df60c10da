import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Verify } from '@hub/kit/token';
import Fastify from 'fastify';
import { type Logger, pino } from 'pino';
import { armour } from './armour.ts';
import type { Caller } from './caller.ts';
import { door } from './door.ts';
import { serveExplorer } from './explorer.ts';
import { serveGraphQL, statusByCode } from './graphql-route.ts';
import { serveHealth } from './health.ts';
import { answerError, answerErrorsAsJson } from './http-errors.ts';
import { serveImports } from './imports/route.ts';
import { errorMask } from './mask-error.ts';
import { requestIdOf } from './request-id.ts';
import { SubgraphSource } from './subgraph-source.ts';

export interface GatewayOptions {
  supergraphSdl: string;
  /** Base URL by subgraph name. */
  subgraphs: Record<string, string>;
  verify: Verify;
  host?: string;
  port?: number;
  /** For a whole operation. */
  deadlineMs?: number;
  /** For each call of an import. */
  importDeadlineMs?: number;
  log?: Logger;
}

export interface RunningGateway {
  url: string;
  port: number;
  stop(): Promise<void>;
}

/** Opens the one door of the hub. */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const {
    host = '127.0.0.1',
    port = 0,
    deadlineMs = 10_000,
    importDeadlineMs = 300_000,
    log = pino({ level: 'silent' }),
  } = options;
  const sources = new Map(Object.entries(options.subgraphs).map(([name, url]) => [name, new SubgraphSource(name, url, log)]));
  const gateway = new ApolloGateway({
    supergraphSdl: options.supergraphSdl,
    buildService: ({ name }) => sources.get(name) ?? missing(name),
    __exposeQueryPlanExperimental: false,
    logger: quiet(log),
  });
  const server = new ApolloServer<Caller>({
    gateway,
    ...armour(),
    introspection: true,
    // A page of another origin cannot send an authorization header without asking first.
    csrfPrevention: { requestHeaders: ['authorization', 'apollo-require-preflight', 'x-apollo-operation-name'] },
    formatError: errorMask(log),
    plugins: [
      statusByCode,
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
    logger: quiet(log),
    stopOnTerminationSignals: false,
  });
  await server.start();

  const app = Fastify({
    bodyLimit: 1024 * 1024,
    keepAliveTimeout: 72_000,
    requestTimeout: 300_000,
    forceCloseConnections: 'idle',
    genReqId: requestIdOf,
    requestIdHeader: false,
    frameworkErrors: (error, request, reply) => answerError(error, request, reply, log),
    logger: false,
  });
  app.server.headersTimeout = 20_000;
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  answerErrorsAsJson(app, log);
  serveExplorer(app);
  serveHealth(app, [...sources.values()]);
  const admit = door(options.verify, deadlineMs);
  serveGraphQL(app, server, admit);
  serveImports(app, { server, schema: gateway.schema!, admit, deadlineMs: importDeadlineMs, log });

  const stop = async () => {
    await app.close();
    await server.stop();
    await Promise.all([...sources.values()].map(source => source.close()));
  };
  try {
    const url = await app.listen({ host, port });
    return { url, port: Number(new URL(url).port), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function missing(name: string): never {
  throw new Error(`No URL is given for the subgraph "${name}".`);
}

/** Apollo writes operations and SDL into its messages below warnings; those are no one's business. */
const quiet = (log: Logger) => ({
  debug: () => {},
  info: () => {},
  warn: (message: unknown) => log.warn(String(message)),
  error: (message: unknown) => log.error(String(message)),
});
