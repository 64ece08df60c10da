import { Parser } from 'saxen';
import { FileProblem, tooLarge } from '../imports/file-problem.ts';
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

/** A tag or a text that goes on longer is no part of a table; waiting for its end would cost more with every piece. */
const longestToken = 1024 * 1024;

/** Reads a part of a workbook from its start to its end. Malformed XML is a damaged file; a document type is read past, never followed. */
export function parseXml(part: Buffer, listener: Listener): void {
  let waited = 0;
  const heard =
    <T extends unknown[]>(hear: (...event: T) => void) =>
    (...event: T) => {
      waited = 0;
      hear(...event);
    };
  const malformed = (error: Error) => {
    if (error instanceof FileProblem) throw error;
    const row = listener.row?.() || undefined;
    throw damaged(`its XML is malformed${row ? ` in or after row ${row}` : ''}: ${error.message.slice(0, 100)}`, { row });
  };
  const parser = new Parser()
    .on(
      'openTag',
      heard((name, attributes) => listener.open(localName(name), attributes as () => Attributes)),
    )
    .on(
      'closeTag',
      heard(name => listener.close?.(localName(name))),
    )
    .on(
      'text',
      heard(value => listener.text?.(decodeEntities(value))),
    )
    .on(
      'cdata',
      heard(value => listener.text?.(value)),
    )
    .on(
      'comment',
      heard(() => undefined),
    )
    .on('error', malformed)
    .on('warn', malformed);
  for (const piece of textOfPart(part)) {
    waited += piece.length;
    if (waited > longestToken) throw tooLarge('a text in it goes on without end');
    parser.write(piece);
  }
  parser.end();
}

const localName = (name: string) => (name.includes(':') ? name.slice(name.lastIndexOf(':') + 1) : name);
