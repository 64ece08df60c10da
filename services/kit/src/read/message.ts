import { literal } from '../literal.ts';

/** The settings of a slice as one statement; the role goes last. They end with the transaction. */
export function settingsSql(settings: Record<string, unknown>): string {
  const each = Object.entries(settings).map(([name, value]) => `set_config('${name}', ${literal(String(value))}, true)`);
  return `select ${each.join(', ')}`;
}

/**
 * Statements that travel together, marked with their request for the database's own log and `pg_stat_activity`. The id holds word
 * characters and hyphens only, and stands in front, because `pg_stat_activity` keeps only the first kilobyte.
 */
export const inOneMessage = (statements: readonly string[], requestId: string | undefined): string =>
  `${requestId ? `/* request ${requestId} */ ` : ''}${statements.map(statement => `${statement};\n`).join('')}`;
