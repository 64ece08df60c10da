import { columnName } from './cell-text.ts';
import { tooLarge } from './file-problem.ts';
import { limits } from './limits.ts';
import { damaged } from './zip.ts';

const errorCell = /<(?:\w+:)?c\s[^<>]*?\bt=(?:"e"|'e')/;
const errorCells = /(<(?:\w+:)?c\s[^<>]*?\bt=)(?:"e"|'e')/g;

/**
 * Checks every row and cell reference of a sheet before it is parsed: the parser fills all gaps up to the last reference,
 * so one forged cell at ZZZZ999999999 would cost gigabytes. Error cells become text cells: the parser drops errors.
 */
export function guardSheet(sheet: Buffer): Buffer {
  // One byte per character keeps every byte as it is, whatever the encoding; tags and references are ASCII.
  const xml = sheet.toString('latin1');
  let lastRow = 0;
  let lastColumn = 0;
  let lastCell = 0;
  for (const match of xml.matchAll(/(?:\s|(?<!xmlns):)r\s*=\s*(["'])(.*?)\1/gs)) {
    const parts = /^([A-Z]{0,3})(\d{1,7})$/.exec(match[2]!);
    if (!parts) throw damaged('a cell has no proper address');
    const row = Number(parts[2]);
    if (row > limits.sheetRows) throw damaged(`row ${row} does not exist`);
    const isEmpty = xml[xml.indexOf('>', match.index) - 1] === '/';
    if (!parts[1] || isEmpty) continue;
    lastCell = match.index;
    lastRow = Math.max(lastRow, row);
    lastColumn = Math.max(lastColumn, columnNumber(parts[1]));
  }
  if (lastRow * lastColumn > limits.area) {
    throw tooLarge(
      `its cells are scattered over the area A1:${columnName(lastColumn)}${lastRow}; delete the stray cells at the edge`,
    );
  }
  const kept = lastCell ? withoutEmptyEnd(sheet, xml, lastCell) : sheet;
  // Nearly no sheet has errors; those without are spared a copy.
  return errorCell.test(xml) ? Buffer.from(kept.toString('latin1').replaceAll(errorCells, '$1"str"'), 'latin1') : kept;
}

/** Formats are often dragged down to the last row of Excel: a million empty rows, which the parser takes a minute for. */
function withoutEmptyEnd(sheet: Buffer, xml: string, lastCell: number): Buffer {
  const rowEnd = xml.indexOf('</row>', lastCell);
  const dataEnd = xml.indexOf('</sheetData>', rowEnd);
  if (rowEnd < 0 || dataEnd < rowEnd + 100_000) return sheet;
  return Buffer.concat([sheet.subarray(0, rowEnd + 6), sheet.subarray(dataEnd)]);
}

function columnNumber(letters: string): number {
  let number = 0;
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64;
  return number;
}
