import {
  CheckConstraintViolationException,
  ConnectionException,
  DriverException,
  ForeignKeyConstraintViolationException,
  LockWaitTimeoutException,
  NotNullConstraintViolationException,
  OptimisticLockError,
  UniqueConstraintViolationException,
  ValidationError,
} from '@mikro-orm/core';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ArgumentValidationError } from 'type-graphql';
import { isConnectionLoss } from './connection-loss.ts';
import { errorExtensions, HubError, isErrorCode } from './errors.ts';
import { causeOf, log } from './log.ts';
import { underWay } from './orm.ts';

const sqlState = (error: DriverException) => (error as { code?: string }).code;

/** What an exception means to the caller; undefined for a fault of ours. */
function coded(error: unknown): HubError | undefined {
  if (error instanceof HubError) return error;
  if (error instanceof ArgumentValidationError) {
    const lines = error.extensions.validationErrors.flatMap(({ property, constraints, children }) => [
      ...Object.values(constraints ?? {}),
      ...(children ?? []).flatMap(child => Object.values(child.constraints ?? {}).map(text => `${property}.${text}`)),
    ]);
    return new HubError('INVALID_INPUT', lines.join('; ') || 'The input is not valid.');
  }
  if (error instanceof ValidationError && /non-null value/.test(error.message))
    return new HubError('INVALID_INPUT', 'A field that must have a value was given null: leave it out to keep what stands.');
  if (error instanceof OptimisticLockError)
    return new HubError('VERSION_MISMATCH', 'The row changed since you read it: read it again and repeat the change.');
  if (error instanceof UniqueConstraintViolationException) return new HubError('CONFLICT', 'A row with this key exists already.');
  if (error instanceof ForeignKeyConstraintViolationException)
    return new HubError('CONFLICT', 'A row this one refers to is missing or in use.');
  if (error instanceof CheckConstraintViolationException || error instanceof NotNullConstraintViolationException)
    return new HubError('INVALID_INPUT', 'A value is outside what the column allows.');
  if (error instanceof LockWaitTimeoutException)
    return new HubError('UNAVAILABLE', 'The row is being changed by another request: try again.');
  if (error instanceof ConnectionException || isConnectionLoss(error))
    return new HubError('UNAVAILABLE', 'The database is not reachable: try again (数据库暂不可用，请稍后重试).', {
      retryable: true,
    });
  if (error instanceof DriverException) {
    const state = sqlState(error) ?? '';
    if (state === '42501') return new HubError('FORBIDDEN', 'Your role may not change this row.');
    if (state === '55P03' || state === '40P01' || state === '40001')
      return new HubError('UNAVAILABLE', 'The row is being changed by another request: try again.');
    if (state === '57014') return new HubError('TIMEOUT', 'The statement took too long: ask for less.');
    if (state === '25P02') return new HubError('UNAVAILABLE', 'Another part of the same operation failed: see its error.');
    if (state === '22P02' || state === '22007' || state === '22008')
      return new HubError('INVALID_INPUT', 'A value has the wrong form, such as an id that is no UUID.');
  }
  return undefined;
}

const told = (extensions: Record<string, unknown> = {}) =>
  Object.fromEntries(Object.keys(errorExtensions).flatMap(name => (name in extensions ? [[name, extensions[name]]] : [])));

/** Every error of a subgraph leaves as a code of the table; what has none is logged and masked. */
export function formatError(formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError {
  const original = thrown instanceof GraphQLError && thrown.originalError ? thrown.originalError : thrown;
  const known = coded(original) ?? coded(thrown);
  const { path, locations } = formatted;
  if (known) {
    const { http: _, ...extensions } = known.extensions;
    return { message: known.message, path, locations, extensions };
  }
  const code = formatted.extensions?.code;
  if (isErrorCode(code))
    return { message: formatted.message, path, locations, extensions: { ...told(formatted.extensions), code } };
  // graphql-js own refusals: unknown field, wrong literal, bad variable. They name the caller's own text only.
  if (thrown instanceof GraphQLError && (!thrown.originalError || thrown.originalError instanceof GraphQLError))
    return { message: formatted.message, path, locations, extensions: { code: 'INVALID_INPUT' } };
  log.error({ requestId: underWay.getStore()?.requestId, cause: causeOf(original) }, 'masked error');
  return { message: 'An internal error.', path, locations, extensions: { code: 'INTERNAL' } };
}
