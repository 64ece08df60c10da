import { DriverException } from '@mikro-orm/core';
import { pino } from 'pino';

/** Structured log on standard output. Never give it personal data, variables or tokens. */
export const log = pino({ level: process.env.HUB_LOG || 'warn', base: undefined });

/** An exception as the log may have it. The database's own message is left out: it quotes the statement, and with it people's data. */
export function causeOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, message, stack = '', code } = error as NodeJS.ErrnoException;
  const at = stack.split('\n').filter(line => /^\s+at /.test(line));
  return { name, code, ...(!(error instanceof DriverException) && { message }), at };
}
