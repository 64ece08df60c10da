import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { FormatError } from '../mask-error.ts';

/** The errors of an answer as the server forms them before they are masked: each with a code, none with what HTTP alone is told. */
export function formatErrors(errors: readonly unknown[], formatError: FormatError): GraphQLFormattedError[] {
  return errors.map(error => {
    const formed = asGraphQLError(error);
    const { http: _, ...extensions } = formed.extensions;
    return formatError(
      { ...formed.toJSON(), extensions: { ...extensions, code: extensions.code ?? 'INTERNAL_SERVER_ERROR' } },
      error,
    );
  });
}

function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  if (error instanceof Error) return new GraphQLError(error.message, { originalError: error });
  return new GraphQLError(`Unexpected error value: ${String(error)}`);
}
