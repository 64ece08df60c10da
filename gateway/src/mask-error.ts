import { errorExtensions, isErrorCode } from '@hub/kit/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { currentRequestId } from './request-id.ts';

const safeExtensions = Object.keys(errorExtensions);
const clientFaults = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);
const limitMessages = /contains more that? \d+ tokens|too many selections|exceeds limit|Validation aborted/;

export const internalMessage = (requestId: string) => `An internal error; quote request id ${requestId}.`;

/** What a client reads of an error. */
export type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/** Lets coded errors through, names what the client did wrong, and hides the rest behind the request id. */
export function errorMask(log: Logger): FormatError {
  return (formatted, error) => {
    const { message, locations, path, extensions = {} } = formatted;
    const where = { ...(locations && { locations }), ...(path && { path }) };
    const code = codeOf(formatted, error);
    if (code && code !== 'INTERNAL')
      return { message: withoutSuggestion(message), ...where, extensions: { ...safe(extensions), code } };
    const requestId = currentRequestId.getStore() ?? '';
    log.error({ requestId, path, subgraph: extensions.serviceName, code: extensions.code, err: error }, 'masked error');
    return { message: internalMessage(requestId), ...where, extensions: { code: 'INTERNAL' } };
  };
}

function codeOf(formatted: GraphQLFormattedError, error: unknown): string | undefined {
  const { code, serviceName } = formatted.extensions ?? {};
  if (isErrorCode(code)) return code;
  // A subgraph has no say about codes outside the table, even where they look like the gateway's own.
  if (serviceName) return undefined;
  if (limitMessages.test(formatted.message) || isArmour(error)) return 'LIMIT_EXCEEDED';
  return clientFaults.has(String(code)) ? 'INVALID_INPUT' : undefined;
}

/** Apollo Server wraps what a validation rule reports and replaces its code. */
const isArmour = (error: unknown) =>
  error instanceof GraphQLError &&
  error.originalError instanceof GraphQLError &&
  error.originalError.extensions.code === 'LIMIT_EXCEEDED';

const withoutSuggestion = (message: string) => message.replace(/ ?Did you mean .*\?$/s, '');

const safe = (extensions: Record<string, unknown>) =>
  Object.fromEntries(safeExtensions.filter(key => extensions[key] !== undefined).map(key => [key, extensions[key]]));
