import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import writeXlsxFile from 'write-excel-file/node';
import { storeZip } from '../imports/zip.ts';

export async function xlsx(...sheets: { sheet: string; data: any[][] }[]): Promise<Buffer> {
  return await writeXlsxFile(sheets.map(({ sheet, data }) => ({ sheet, data }))).toBuffer();
}

const namespaces =
  'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const typeBase = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

interface Around {
  /** Codes of number formats: the first is style 3, as 0 is a number, 1 a date, 2 a time. */
  formats?: string[];
  /** Ids of built-in number formats, behind those. */
  builtIn?: number[];
  /** The `<si>` of the shared strings. */
  strings?: string;
  /** What stands before the sheets of the workbook, and behind them. */
  properties?: string;
  calculation?: string;
  /** Further sheets, as `<sheet>` of the workbook. */
  sheets?: string;
  /** What stands in the sheet before its data, and behind it. */
  before?: string;
  behind?: string;
}

/** The parts of a workbook of one hand-written sheet. */
export function workbookParts(sheetData: string, around: Around = {}): Map<string, Buffer> {
  const {
    formats = [],
    builtIn = [],
    strings = '',
    properties = '',
    calculation = '',
    sheets = '',
    before = '',
    behind = '',
  } = around;
  const own = formats.map(
    (code, index) => `<numFmt numFmtId="${200 + index}" formatCode="${code.replaceAll('"', '&quot;').replaceAll('<', '&lt;')}"/>`,
  );
  const styles = [0, 14, 20, ...formats.map((_, index) => 200 + index), ...builtIn].map(id => `<xf numFmtId="${id}"/>`);
  const parts: Record<string, string> = {
    'xl/workbook.xml': `<workbook ${namespaces}>${properties}<sheets><sheet name="S" sheetId="1" r:id="rId1"/>${sheets}</sheets>${calculation}</workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${typeBase}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${typeBase}/styles" Target="/xl/styles.xml"/><Relationship Id="rId3" Type="${typeBase}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet ${namespaces}><numFmts>${own.join('')}</numFmts><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs>${styles.join('')}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst ${namespaces}>${strings}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet ${namespaces}>${before}<sheetData>${sheetData}</sheetData>${behind}</worksheet>`,
  };
  return new Map(Object.entries(parts).map(([name, text]) => [name, Buffer.from(text)]));
}

export const zipped = (parts: Map<string, Buffer>): Buffer => Buffer.concat(storeZip(parts));

/** A workbook for what no writer writes. */
export const rawWorkbook = (sheetData: string, around?: Around): Buffer => zipped(workbookParts(sheetData, around));

/** A file of `test/cases`: what once came out wrong. */
export const caseFile = (name: string): Buffer => readFileSync(new URL(`../../../test/cases/${name}`, import.meta.url));

/** An archive with one compressed part, whose directory says what it likes about its size. */
export function bomb(name: string, content: Buffer, claimed: number): Buffer {
  const packed = deflateRawSync(content, { level: 9 });
  const zip = Buffer.concat(storeZip(new Map([[name, packed]])));
  const central = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  for (const [at, size, method] of [
    [0, 22, 8],
    [central, 24, 10],
  ] as const) {
    zip.writeUInt16LE(8, at + method);
    zip.writeUInt32LE(claimed, at + size);
  }
  return zip;
}

export const ole = (text: string) =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512), Buffer.from(text, 'utf16le'), Buffer.alloc(512)]);
