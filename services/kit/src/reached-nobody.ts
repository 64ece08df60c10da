/** What Node and undici call it when no connection came about: whatever was asked may be asked again, a change too. */
const codes = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
]);
/** A connection that ended before the answer began: what only reads may be asked again. */
const cut = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

export const codeOf = (error: unknown) => String((error as { code?: unknown } | null)?.code);

export const reachedNobody = (error: unknown) => codes.has(codeOf(error));
export const wasCut = (error: unknown) => cut.has(codeOf(error));
