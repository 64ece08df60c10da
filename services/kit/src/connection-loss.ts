/** What Node and pg call a PostgreSQL that is not there, or has just gone. */
const codes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'ENOENT',
]);
const words =
  /^(Connection terminated|timeout exceeded when trying to connect|Client (has encountered a connection error|was closed))/;
/** Of PostgreSQL itself: it is stopping or starting, the connection failed, or it has nothing left to work with. */
const states = /^(08|53|57P)/;

interface Cause {
  message?: unknown;
  code?: unknown;
  cause?: unknown;
  /** Of MikroORM: what the driver said. */
  previous?: unknown;
  /** Of Node: one for each address that was tried. */
  errors?: unknown[];
}

const causesOf = (error: unknown): Cause[] => {
  if (typeof error !== 'object' || error === null) return [];
  const { cause, previous, errors = [] } = error as Cause;
  return [error as Cause, ...[cause, previous, ...errors].flatMap(causesOf)];
};

/** Whether an error says that the database could not be asked, and nothing about what was asked. */
export const isConnectionLoss = (error: unknown): boolean =>
  causesOf(error).some(each => {
    const code = String(each.code ?? '');
    return codes.has(code) || states.test(code) || words.test(String(each.message));
  });

/** Whether PostgreSQL itself decided about a statement: it said why, in a class of its own. */
export const isDecided = (error: unknown): boolean =>
  causesOf(error).some(({ code }) => /^[0-9A-Z]{5}$/.test(String(code ?? ''))) && !isConnectionLoss(error);
