import { TextDecoder } from 'node:util';
import { unreadable } from './file-kind.ts';
import { FileProblem } from './file-problem.ts';

const newLine = 0x0a;

/**
 * Why a file that is not UTF-8 cannot be GB18030 either; undefined where it can. Bytes of one often decode as the other, into nonsense,
 * so it is decided by how much of it decodes, line by line: Chinese text in GB18030 has next to no line that is UTF-8 by chance. A file
 * with such lines is UTF-8 that was damaged, or two files in one, and its first wrong byte is named.
 */
export function wrongEncoding(file: Buffer, isGb18030: boolean): FileProblem | undefined {
  const found = { utf8: 0, other: 0, sequences: 0, wrong: 0 };
  let notUtf8: Wrong | undefined;
  let line = 0;
  for (const bytes of linesOf(file)) {
    line++;
    const { sequences, wrong, first } = utf8Share(bytes);
    found.sequences += sequences;
    found.wrong += wrong;
    if (first !== undefined) {
      found.other++;
      notUtf8 ??= { line, at: first, byte: bytes[first]! };
    } else if (sequences) found.utf8++;
  }
  const isUtf8 = found.utf8 > found.other / 50 || found.sequences * 3 > found.wrong / 3;
  if (isUtf8 && notUtf8) return named('UTF-8', notUtf8, Math.floor((100 * found.sequences) / (found.sequences + found.wrong)));
  if (isGb18030) return undefined;
  // One line with nothing of either: no text at all.
  return line < 2 && found.sequences === 0 ? unreadable('二进制文件 (a binary file)') : named('GB18030', notGb18030(file));
}

interface Wrong {
  line: number;
  at: number;
  byte: number;
}

function named(encoding: string, { line, at, byte }: Wrong, share?: number): FileProblem {
  const hex = `0x${byte.toString(16).padStart(2, '0').toUpperCase()}`;
  const chinese = share === undefined ? '' : `（其余 ${share}% 是）`;
  const english = share === undefined ? '' : `, as ${share} % of its characters beyond ASCII are`;
  return new FileProblem(
    'FILE_UNREADABLE',
    `第 ${line} 行第 ${at + 1} 字节 ${hex} 不是 ${encoding} 编码${chinese}，请用 Excel 或 WPS 打开，检查该行后另存为 UTF-8 的 .csv 或 .xlsx。Line ${line}, byte ${at + 1} (${hex}) is not ${encoding}${english}: open the file in Excel or WPS, look at that line, and save as CSV in UTF-8 or as .xlsx.`,
    { row: line },
  );
}

function* linesOf(file: Buffer): Generator<Buffer> {
  for (let at = 0; at < file.length; ) {
    const end = file.indexOf(newLine, at);
    const next = end < 0 ? file.length : end + 1;
    yield file.subarray(at, next);
    at = next;
  }
}

/** How many characters of three or four bytes there are, as Chinese ones have in UTF-8, and how many bytes belong to no character. */
function utf8Share(bytes: Buffer): { sequences: number; wrong: number; first?: number } {
  let sequences = 0;
  let wrong = 0;
  let first: number | undefined;
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at]! < 0x80 ? 1 : utf8Length(bytes, at);
    if (length > 2) sequences++;
    if (length === 0) {
      wrong++;
      first ??= at;
    }
    at += length || 1;
  }
  return { sequences, wrong, first };
}

const isTail = (byte: number | undefined, from = 0x80, to = 0xbf) => byte !== undefined && byte >= from && byte <= to;

/** How many bytes the character has that begins here; 0 where none does. */
function utf8Length(bytes: Buffer, at: number): number {
  const lead = bytes[at]!;
  const second = bytes[at + 1];
  if (lead >= 0xc2 && lead <= 0xdf) return isTail(second) ? 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef)
    return isTail(second, lead === 0xe0 ? 0xa0 : 0x80, lead === 0xed ? 0x9f : 0xbf) && isTail(bytes[at + 2]) ? 3 : 0;
  if (lead < 0xf0 || lead > 0xf4) return 0;
  const isFour = isTail(second, lead === 0xf0 ? 0x90 : 0x80, lead === 0xf4 ? 0x8f : 0xbf);
  return isFour && isTail(bytes[at + 2]) && isTail(bytes[at + 3]) ? 4 : 0;
}

/** The first byte that begins no character of GB18030. */
function notGb18030(file: Buffer): Wrong {
  const decoder = new TextDecoder('gb18030', { fatal: true });
  let line = 0;
  for (const bytes of linesOf(file)) {
    line++;
    try {
      decoder.decode(bytes);
    } catch {
      const at = gb18030Fault(bytes);
      return { line, at, byte: bytes[at]! };
    }
  }
  return { line, at: 0, byte: file.at(-1)! };
}

/** Where that byte stands in its line. */
function gb18030Fault(bytes: Buffer): number {
  let at = 0;
  while (at < bytes.length) {
    const [lead = 0, second = 0] = [bytes[at], bytes[at + 1]];
    if (lead < 0x80) at++;
    else if (lead !== 0x80 && lead !== 0xff && second >= 0x30 && second <= 0x39) at += 4;
    else if (lead !== 0x80 && lead !== 0xff && second >= 0x40 && second !== 0x7f && second !== 0xff) at += 2;
    else return at;
  }
  return 0;
}
