import { Readable } from 'node:stream';
import { readSheet } from 'read-excel-file/node';
import { cellText, numberText } from './cell-text.ts';
import { unreadable } from './file-kind.ts';
import { FileProblem } from './file-problem.ts';
import { guardSheet } from './sheet-guard.ts';
import { type Table, TableBuilder } from './table.ts';
import { damaged, storeZip, Zip } from './zip.ts';

const workbookPart = 'xl/workbook.xml';
const relationsPart = 'xl/_rels/workbook.xml.rels';

interface Sheet {
  name: string;
  part?: string;
  hidden: boolean;
}

/** Reads the first visible sheet of an XLSX file. */
export async function readWorkbook(file: Buffer): Promise<Table> {
  const zip = new Zip(file);
  if (!zip.has(workbookPart)) throw unreadable(otherArchive(zip));
  const workbook = zip.read(workbookPart);
  const relations = zip.read(relationsPart);
  const targets = targetsOf(relations.toString());
  const sheets = sheetsOf(workbook.toString(), targets);
  const index = sheets.findIndex(sheet => !sheet.hidden && sheet.part);
  const sheet = sheets[index];
  if (!sheet?.part) throw damaged('it has no sheet');

  // Only what the first sheet needs goes on, repacked: other sheets and pictures cost nothing and cannot hurt.
  const parts = new Map([
    [workbookPart, workbook],
    [relationsPart, relations],
    [sheet.part, guardSheet(zip.read(sheet.part))],
  ]);
  const shared = [...targets.values()]
    .filter(({ type }) => type === 'styles' || type === 'sharedStrings')
    .map(({ part }) => part);
  for (const part of new Set([...shared, 'xl/styles.xml', 'xl/sharedStrings.xml']))
    if (zip.has(part)) parts.set(part, zip.read(part));

  const builder = new TableBuilder();
  const pieces = storeZip(parts);
  parts.clear();
  for (const row of await cellsOf(pieces, index + 1)) builder.add(row.map(cellText));
  const others = sheets.filter(other => other !== sheet && !other.hidden).map(other => other.name);
  return builder.finish(sheet.name, others);
}

async function cellsOf(pieces: Buffer[], sheet: number): Promise<unknown[][]> {
  try {
    return await readSheet(Readable.from(slices(pieces)), sheet, { parseNumber: numberText, trim: false });
  } catch (error) {
    if (error instanceof FileProblem) throw error;
    throw damaged(error instanceof Error ? error.message.slice(0, 200) : 'it cannot be parsed');
  }
}

/** The unpacker copies each piece it is given several times: small ones cost it no memory. */
function* slices(pieces: Buffer[]): Generator<Buffer> {
  for (let piece = pieces.shift(); piece; piece = pieces.shift()) {
    for (let at = 0; at < piece.length; at += 65_536) yield piece.subarray(at, at + 65_536);
  }
}

function otherArchive(zip: Zip): string {
  if (zip.has('xl/workbook.bin')) return '二进制工作簿 .xlsb (a binary workbook)';
  if (zip.has('word/document.xml')) return 'Word 文档 (a Word document)';
  if (zip.has('ppt/presentation.xml')) return 'PowerPoint 演示文稿 (a presentation)';
  if (zip.has('content.xml')) return 'OpenDocument (.ods)';
  return 'ZIP 压缩包 (an archive)';
}

function targetsOf(xml: string): Map<string, { type: string; part: string }> {
  const targets = new Map<string, { type: string; part: string }>();
  for (const [tag] of xml.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)) {
    const target = attribute(tag, 'Target');
    const type = attribute(tag, 'Type').split('/').at(-1) ?? '';
    targets.set(attribute(tag, 'Id'), { type, part: target.startsWith('/') ? target.slice(1) : `xl/${target}` });
  }
  return targets;
}

function sheetsOf(xml: string, targets: Map<string, { type: string; part: string }>): Sheet[] {
  return [...xml.matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)].map(([tag]) => {
    const target = targets.get(attribute(tag, 'id'));
    return {
      name: attribute(tag, 'name'),
      part: target?.type === 'worksheet' ? target.part : undefined,
      hidden: /hidden/i.test(attribute(tag, 'state')),
    };
  });
}

function attribute(tag: string, name: string): string {
  const value = new RegExp(`[\\s:]${name}\\s*=\\s*(["'])(.*?)\\1`, 's').exec(tag)?.[2] ?? '';
  const named: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return value.replace(/&(lt|gt|quot|apos|amp);/g, (_, entity: string) => named[entity]!);
}
