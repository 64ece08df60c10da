import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import type { Logger } from 'pino';
import { armour } from './armour.ts';
import type { Caller } from './caller.ts';
import type { FormatError } from './mask-error.ts';

/** The server over the gateway, with nothing of its own that reports, lands or traces. */
export function apolloServer(
  gateway: GatewayInterface,
  log: Logger,
  formatError: FormatError,
  plugins: ApolloServerPlugin<Caller>[],
): ApolloServer<Caller> {
  return new ApolloServer<Caller>({
    gateway,
    ...armour(),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    // A page of another origin cannot send an authorization header without asking first.
    csrfPrevention: { requestHeaders: ['authorization', 'apollo-require-preflight', 'x-apollo-operation-name'] },
    formatError,
    plugins: [
      ...plugins,
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
    logger: quiet(log),
    stopOnTerminationSignals: false,
  });
}

/** Apollo writes operations and SDL into its messages below warnings; those are no one's business. */
export const quiet = (log: Logger) => ({
  debug: () => {},
  info: () => {},
  warn: (message: unknown) => log.warn(String(message)),
  error: (message: unknown) => log.error(String(message)),
});
