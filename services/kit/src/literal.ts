/**
 * A text as a literal of PostgreSQL, as libpq writes it. MikroORM and pg write it character by character, which for the megabytes of a
 * ledger is most of the work of an import.
 */
export function literal(text: string): string {
  const quoted = text.includes("'") ? text.replaceAll("'", "''") : text;
  return text.includes('\\') ? ` E'${quoted.replaceAll('\\', '\\\\')}'` : `'${quoted}'`;
}
