import { unreadable } from '../imports/file-kind.ts';
import { FileProblem } from '../imports/file-problem.ts';
import { type Table, TableBuilder } from '../imports/table.ts';
import { damaged, Zip } from '../imports/zip.ts';
import type { Book } from './cell-text.ts';
import { fillMerged } from './fill-merged.ts';
import { readFormats } from './read-formats.ts';
import { readSharedStrings } from './read-shared-strings.ts';
import { readSheet } from './read-sheet.ts';
import { remarksOn } from './remarks-on.ts';
import { type Sheet, type WorkbookParts, workbookPart, workbookParts } from './workbook-parts.ts';

/** Reads the first visible sheet of an XLSX file. Other sheets and pictures are not even unpacked. */
export function readWorkbook(file: Buffer): Table {
  const zip = new Zip(file);
  const workbook = workbookPart(zip);
  if (!workbook) throw unreadable(otherArchive(zip));
  const parts = workbookParts(zip, workbook);
  const sheet = parts.sheets.find(each => !each.isHidden && each.part);
  if (!sheet?.part) throw damaged('it has no sheet that can be seen');
  try {
    return readTable(zip, sheet, parts);
  } catch (error) {
    throw error instanceof FileProblem ? inSheet(error, sheet, parts) : error;
  }
}

function readTable(zip: Zip, sheet: Sheet, parts: WorkbookParts): Table {
  const { strings, styles, isFrom1904, isUncalculated } = parts;
  const book: Book = {
    strings: strings ? readSharedStrings(zip.read(strings)) : [],
    formats: styles ? readFormats(zip.read(styles)) : [],
    isFrom1904,
    isUncalculated,
  };
  const table = new TableBuilder();
  const traits = readSheet(zip.read(sheet.part!), book, table);
  const filled = fillMerged(table, traits.merged);
  const hidden = parts.sheets.filter(each => each.isHidden).map(({ name }) => name);
  return table.finish({
    sheet: sheet.name,
    otherSheets: otherSheets(sheet, parts),
    remarks: remarksOn(traits, filled, hidden, table.rows),
  });
}

const otherSheets = (sheet: Sheet, { sheets }: WorkbookParts) =>
  sheets.filter(other => other !== sheet && !other.isHidden).map(({ name }) => name);

/** Says which sheet is meant, and which others there are, where there is a choice. */
function inSheet({ reason, message, place }: FileProblem, sheet: Sheet, parts: WorkbookParts): FileProblem {
  const others = otherSheets(sheet, parts).map(name => `“${name}”`);
  const chinese = `（工作表“${sheet.name}”${others.length ? `；未读取 ${others.join('、')}` : ''}）`;
  const english = `(Sheet “${sheet.name}”${others.length ? `; not read: ${others.join(', ')}` : ''}.)`;
  return new FileProblem(reason, `${message} ${chinese} ${english}`, { ...place, sheet: sheet.name });
}

function otherArchive(zip: Zip): string {
  if (zip.has('xl/workbook.bin')) return '二进制工作簿 .xlsb (a binary workbook)';
  if (zip.has('word/document.xml')) return 'Word 文档 (a Word document)';
  if (zip.has('ppt/presentation.xml')) return 'PowerPoint 演示文稿 (a presentation)';
  if (zip.has('content.xml')) return 'OpenDocument (.ods)';
  return 'ZIP 压缩包 (an archive)';
}
