import { HubError } from './errors.ts';

/**
 * A text as a literal of PostgreSQL, as libpq writes it. MikroORM and pg write it character by character, which for the megabytes of a
 * ledger is most of the work of an import.
 */
export function literal(text: string): string {
  if (text.includes('\0'))
    throw new HubError(
      'INVALID_INPUT',
      'A text holds the character U+0000, which PostgreSQL cannot keep: remove it (含有空字符 U+0000).',
    );
  const quoted = text.includes("'") ? text.replaceAll("'", "''") : text;
  return text.includes('\\') ? ` E'${quoted.replaceAll('\\', '\\\\')}'` : `'${quoted}'`;
}
