import { HubError } from '../errors.ts';
import { literal } from '../literal.ts';

/** The settings of a slice as one statement; the role goes last. They end with the transaction. */
export function settingsSql(settings: Record<string, unknown>): string {
  const each = Object.entries(settings).map(([name, value]) => `set_config('${name}', ${literal(String(value))}, true)`);
  return `select ${each.join(', ')}`;
}

/** Statements that travel together. Each is marked with its request, for the database's own log and `pg_stat_activity`. */
export class Message {
  readonly text: string;
  /** Where each statement ends in the text. */
  readonly #ends: number[] = [];

  /** The id holds word characters and hyphens only. */
  constructor(statements: readonly string[], requestId: string | undefined) {
    // In front, because `pg_stat_activity` keeps only the first kilobyte.
    let text = requestId ? `/* request ${requestId} */ ` : '';
    for (const statement of statements) {
      text += `${statement};\n`;
      this.#ends.push(text.length);
    }
    this.text = text;
  }

  /** The failure as each statement is told it. PostgreSQL tells where in the text it met a fault; the others merely fell with that one. */
  failures(error: unknown): unknown[] {
    const at = Number((error as { position?: string }).position);
    if (!at) return this.#ends.map(() => error);
    const before = [...this.text].slice(0, at - 1).join('').length;
    const guilty = this.#ends.findIndex(end => before < end);
    const fallen = new HubError('UNAVAILABLE', 'Another part of the same operation failed: see its error.');
    return this.#ends.map((_, i) => (i === guilty ? error : fallen));
  }
}
