import { TextDecoder } from 'node:util';
import { damaged } from '../imports/zip.ts';

/** Bytes decoded at a time: a part is never a string as a whole, which would weigh up to twice its bytes on the heap. */
const pieceBytes = 64 * 1024;

/** A part of a workbook as text, in pieces. */
export function* textOfPart(part: Buffer): Generator<string> {
  const decoder = decoderOf(part);
  try {
    for (let at = 0; at < part.length; at += pieceBytes)
      yield decoder.decode(part.subarray(at, at + pieceBytes), { stream: true });
    yield decoder.decode();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    throw damaged(`a part of it is not ${decoder.encoding.toUpperCase()}`);
  }
}

/** By its byte order mark, or by what its first line says: some programs write GB2312. */
function decoderOf(part: Buffer): TextDecoder {
  const mark = part.subarray(0, 2).toString('hex');
  if (mark === 'fffe') return new TextDecoder('utf-16le', { fatal: true });
  if (mark === 'feff') return new TextDecoder('utf-16be', { fatal: true });
  const said = /^(?:\ufeff)?<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(part.toString('utf8', 0, 200))?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(said, { fatal: true });
  } catch {
    throw damaged(`it says that its encoding is ${said}, which is unknown`);
  }
}
