import { type ErrorCode, HubError } from '@hub/kit/errors';
import type { PackedTable } from './chunks.ts';
import { explanations } from './template.ts';

/** What a person should know of how the file was read, behind what became of it. */
export const withRemarks = (message: string | null, table: PackedTable): string | null =>
  [message, onOtherSheets(table), ...table.remarks].filter(Boolean).join(' ') || null;

function onOtherSheets({ sheet, otherSheets }: PackedTable): string | undefined {
  const others = otherSheets.filter(name => name !== explanations);
  if (!others.length) return undefined;
  const names = others.map(name => `"${name}"`).join(', ');
  return `只读取了工作表“${sheet}”。Only the sheet "${sheet}" was read, not ${names}.`;
}

/** The rows were refused: perhaps they are those of the wrong sheet. */
export function withSheet(error: unknown, table: PackedTable): unknown {
  if (!(error instanceof HubError) || table.sheet === undefined || error.extensions.code !== 'INVALID_INPUT') return error;
  const { code, ...extensions } = error.extensions;
  const message = `${error.message} ${onOtherSheets(table) ?? `（工作表“${table.sheet}”。The sheet is "${table.sheet}".）`}`;
  return new HubError(code as ErrorCode, message, { ...extensions, sheet: table.sheet });
}
