import { pino } from 'pino';

/** Structured log on standard output. Never give it personal data, variables or tokens. */
export const log = pino({ level: process.env.HUB_LOG || 'warn', base: undefined });
