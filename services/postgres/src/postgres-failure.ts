/** A reason the database cannot run, as one line for the operator's terminal. */
export class PostgresFailure extends Error {}
