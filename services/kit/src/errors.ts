import { GraphQLError } from 'graphql';

/**
 * Every code a client can meet in `extensions.code`: the HTTP status it takes when it ends the whole request, what it means, what to do.
 * `docs/errors.md` is this table, and a test holds it to it.
 */
export const errorCodes = {
  UNAUTHENTICATED: {
    status: 401,
    meaning: 'The request carries no valid access token.',
    advice: 'Sign in, or fetch a new token, and repeat the request.',
  },
  FORBIDDEN: {
    status: 403,
    meaning: 'The token lacks the scope, or its role may not do this.',
    advice: 'Leave out what needs the scopes in `missing`, or have them granted.',
  },
  NOT_FOUND: {
    status: 404,
    meaning: 'No such row in your slice.',
    advice: 'Check the id; a row of another division is answered as if it did not exist.',
  },
  INVALID_INPUT: {
    status: 400,
    meaning: 'A value has the wrong form; the message says which, where and how to fix it.',
    advice: 'Correct the operation or the value; repeating it as it is does not help.',
  },
  CONFLICT: {
    status: 409,
    meaning: 'The change contradicts a row that exists.',
    advice: 'Read the existing row and change that one, or choose another key.',
  },
  VERSION_MISMATCH: {
    status: 409,
    meaning: 'The row changed since it was read: read it again and repeat the change.',
    advice: 'Read the row, decide again, send the new version as expectedVersion.',
  },
  NOT_ALLOWED: {
    status: 409,
    meaning: 'A rule forbids this in the present state.',
    advice: 'Ask allowedActions what the state permits.',
  },
  IDEMPOTENCY_MISMATCH: {
    status: 409,
    meaning: 'The Idempotency-Key was used for another operation.',
    advice: 'Use a new key for a new operation.',
  },
  PERSISTED_QUERY_NOT_FOUND: {
    status: 200,
    meaning: 'The operation was sent as a hash alone, and its text is not known here.',
    advice: 'Send it once more with its text and its hash; clients with automatic persisted queries do so by themselves.',
  },
  FEED_REWOUND: {
    status: 410,
    meaning: 'The database was restored to a moment before this cursor: part of what the feed gave out was undone.',
    advice: 'Go on from `cursor`; rows received from `since` on may be undone, so read those again.',
  },
  LIMIT_EXCEEDED: {
    status: 400,
    meaning: 'The operation, file or page is larger than the stated limit.',
    advice: 'Ask for less at once, in pages, or later where a budget is used up.',
  },
  UNAVAILABLE: {
    status: 503,
    meaning: 'A part of the hub is not reachable: try again.',
    advice: 'Repeat it after a moment; a change only if `retryable`, or with its Idempotency-Key.',
  },
  UNKNOWN_OUTCOME: {
    status: 503,
    meaning: 'The answer to a change was lost on the way: whether it was made is not known.',
    advice: 'Repeat it with the same Idempotency-Key; without one read first whether it was made.',
  },
  TIMEOUT: {
    status: 504,
    meaning: 'A part of the hub did not answer within the deadline.',
    advice: 'Ask for less, or repeat it; a change only with its Idempotency-Key.',
  },
  INTERNAL: {
    status: 500,
    meaning: 'A fault of the hub; quote the request id.',
    advice: 'Report it with the request id of the message or of the header x-request-id.',
  },
} as const;

/** What may stand in `extensions` beside the code; nothing else leaves the hub. */
export const errorExtensions = {
  missing: 'With FORBIDDEN the scopes that the token lacks; with HEADER_NOT_FOUND the columns that the file lacks.',
  reason: 'A second, narrower code, such as TOO_MANY_ROWS or FILE_EMPTY.',
  retryable: 'Whether repeating the same request can be right: false where a change may have been made.',
  column: 'The column of a file that the error is about.',
  row: 'The row of a file that the error is about, from 1.',
  sheet: 'The sheet of a workbook that the error is about.',
  cursor: 'With FEED_REWOUND where the feed goes on.',
  since: 'With FEED_REWOUND the moment from which on something was undone, ISO 8601.',
  suggestion: 'A value or form that would be accepted.',
  candidates: 'With CONFLICT the rows on file that the new one may be: `id`, `text` (masked), `differs`.',
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
