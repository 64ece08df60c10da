import { Parser } from 'saxen';
import { FileProblem } from '../imports/file-problem.ts';
import { damaged } from '../imports/zip.ts';
import { decodeEntities } from './decode-entities.ts';
import { textOfPart } from './text-of-part.ts';

/** Values are as they stand in the XML: those that may hold entities are to be decoded. */
export type Attributes = Record<string, string | undefined>;

/** Names come without their prefixes: some programs write `<x:row>` where others write `<row>`. */
export interface Listener {
  open(name: string, attributes: () => Attributes): void;
  text?(text: string): void;
  close?(name: string): void;
  /** The row that is being read, for what is said about malformed XML. */
  row?(): number;
}

/** Reads a part of a workbook from its start to its end. Malformed XML is a damaged file; a document type is read past, never followed. */
export function parseXml(part: Buffer, listener: Listener): void {
  const parser = new Parser();
  parser.on('openTag', (name, attributes) => listener.open(localName(name), attributes as () => Attributes));
  parser.on('closeTag', name => listener.close?.(localName(name)));
  parser.on('text', value => listener.text?.(decodeEntities(value)));
  parser.on('cdata', value => listener.text?.(value));
  const malformed = (error: Error) => {
    if (error instanceof FileProblem) throw error;
    const row = listener.row?.() || undefined;
    throw damaged(`its XML is malformed${row ? ` in or after row ${row}` : ''}: ${error.message.slice(0, 100)}`, { row });
  };
  parser.on('error', malformed);
  parser.on('warn', malformed);
  for (const piece of textOfPart(part)) parser.write(piece);
  parser.end();
}

const localName = (name: string) => (name.includes(':') ? name.slice(name.lastIndexOf(':') + 1) : name);
