import { GraphQLError } from 'graphql';

/** Every code a client can meet in `extensions.code`, with the HTTP status it takes when it ends the whole request. */
export const errorCodes = {
  UNAUTHENTICATED: { status: 401, meaning: 'The request carries no valid access token.' },
  FORBIDDEN: { status: 403, meaning: 'The token lacks the scope, or its role may not do this.' },
  NOT_FOUND: { status: 404, meaning: 'No such row in your slice.' },
  INVALID_INPUT: { status: 400, meaning: 'A value has the wrong form; the message says which, where and how to fix it.' },
  CONFLICT: { status: 409, meaning: 'The change contradicts a row that exists.' },
  VERSION_MISMATCH: { status: 409, meaning: 'The row changed since it was read: read it again and repeat the change.' },
  NOT_ALLOWED: { status: 409, meaning: 'A rule forbids this in the present state.' },
  IDEMPOTENCY_MISMATCH: { status: 409, meaning: 'The Idempotency-Key was used for another operation.' },
  LIMIT_EXCEEDED: { status: 400, meaning: 'The operation, file or page is larger than the stated limit.' },
  UNAVAILABLE: { status: 503, meaning: 'A part of the hub is not reachable: try again.' },
  TIMEOUT: { status: 504, meaning: 'A part of the hub did not answer within the deadline.' },
  INTERNAL: { status: 500, meaning: 'A fault of the hub; quote the request id.' },
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** An error meant for the caller: its message is shown, everything else is masked as INTERNAL. */
export class HubError extends GraphQLError {
  constructor(
    readonly code: ErrorCode,
    message: string,
    extensions: Record<string, unknown> = {},
  ) {
    super(message, { extensions: { ...extensions, code } });
  }

  get status(): number {
    return errorCodes[this.code].status;
  }
}

export const isErrorCode = (code: unknown): code is ErrorCode => typeof code === 'string' && Object.hasOwn(errorCodes, code);
