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
  const ids = context.personalReads.get(table) ?? new Set();
  context.personalReads.set(table, ids.add(id));
  return value;
}
