import { deflateRawSync } from 'node:zlib';
import writeXlsxFile from 'write-excel-file/node';
import { storeZip } from '../imports/zip.ts';

export async function xlsx(...sheets: { sheet: string; data: any[][] }[]): Promise<Buffer> {
  return await writeXlsxFile(sheets.map(({ sheet, data }) => ({ sheet, data }))).toBuffer();
}

const namespaces =
  'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const typeBase = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook of one hand-written sheet, for what no writer writes. Style 1 is a date, style 2 a time. */
export function rawWorkbook(sheetData: string): Buffer {
  const parts: Record<string, string> = {
    'xl/workbook.xml': `<workbook ${namespaces}><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${typeBase}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${typeBase}/styles" Target="/xl/styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet ${namespaces}><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `<worksheet ${namespaces}><sheetData>${sheetData}</sheetData></worksheet>`,
  };
  return Buffer.concat(storeZip(new Map(Object.entries(parts).map(([name, text]) => [name, Buffer.from(text)]))));
}

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
