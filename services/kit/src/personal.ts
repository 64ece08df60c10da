import type { Context } from './context.ts';

/** Columns that are personal, by table. A service declares its own at start. */
const personalColumns = new Map<string, Map<string, Mask>>();
export type Mask = (value: string) => string;

export const maskName: Mask = name => (name ? `${[...name][0]}*` : name);
export const maskPhone: Mask = phone => (phone.length > 7 ? `${phone.slice(0, 3)}****${phone.slice(-4)}` : '****');

export const declarePersonal = (table: string, columns: Record<string, Mask>) =>
  personalColumns.set(table, new Map(Object.entries(columns)));

export const isPersonal = (table: string, column: string) => personalColumns.get(table)?.has(column) ?? false;
export const mask = (table: string, column: string, value: string) => personalColumns.get(table)?.get(column)?.(value) ?? '***';

/** A personal value as this viewer may see it: whole under people:personal, which is noted for the read log, else masked. */
export function personalValue(context: Context, table: string, column: string, id: string, value: string): string {
  if (!context.viewer.scopes.has('people:personal')) return mask(table, column, value);
  notePersonal(context, table, [id]);
  return value;
}

/** Notes for the read log whose personal values an operation told, by showing them or by comparing with them. */
export function notePersonal({ personalReads }: Pick<Context, 'personalReads'>, table: string, rows: Iterable<string>): void {
  const ids = personalReads.get(table) ?? new Set<string>();
  for (const id of rows) ids.add(id);
  if (ids.size > 0) personalReads.set(table, ids);
}
