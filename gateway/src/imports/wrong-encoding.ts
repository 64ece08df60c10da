import { TextDecoder } from 'node:util';
import { unreadable } from './file-kind.ts';
import { FileProblem } from './file-problem.ts';

const newLine = 0x0a;

/**
 * Why a file that is not UTF-8 cannot be GB18030 either; undefined where it can. Bytes of one often decode as the other, into nonsense,
 * so it is decided by how much of it decodes, line by line: Chinese text in GB18030 has next to no line that is UTF-8 by chance. A file
 * with such lines is UTF-8 that was damaged, or two files in one, and its first wrong byte is named.
 */
export function wrongEncoding(file: Buffer): FileProblem | undefined {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const gb18030 = new TextDecoder('gb18030', { fatal: true });
  const found = { utf8: 0, other: 0, sequences: 0, wrong: 0 };
  let notUtf8: Wrong | undefined;
  let notGb18030: Wrong | undefined;
  let line = 0;
  for (const bytes of linesOf(file)) {
    line++;
    if (isAscii(bytes)) continue;
    const { sequences, wrong, first } = utf8Share(bytes);
    found.sequences += sequences;
    found.wrong += wrong;
    if (first !== undefined && !decodes(utf8, bytes)) {
      found.other++;
      notUtf8 ??= { line, at: first, byte: bytes[first]! };
    } else if (sequences) found.utf8++;
    if (!notGb18030 && !decodes(gb18030, bytes)) {
      const at = gb18030Fault(bytes);
      notGb18030 = { line, at, byte: bytes[at]! };
    }
  }
  const isUtf8 = found.utf8 > found.other / 50 || found.sequences * 3 > found.wrong / 3;
  if (isUtf8 && notUtf8) return named('UTF-8', notUtf8, Math.floor((100 * found.sequences) / (found.sequences + found.wrong)));
  // Nothing of either: no text at all.
  if (notGb18030 && found.sequences === 0 && line < 2) return unreadable('二进制文件 (a binary file)');
  return notGb18030 && named('GB18030', notGb18030);
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

function isAscii(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at++) if (bytes[at]! > 0x7f) return false;
  return true;
}

function decodes(decoder: TextDecoder, bytes: Buffer): boolean {
  try {
    decoder.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const isTail = (byte: number | undefined) => byte !== undefined && byte >= 0x80 && byte <= 0xbf;

/** How many characters of three or four bytes there are, as Chinese ones have in UTF-8, and how many bytes belong to no character. */
function utf8Share(bytes: Buffer): { sequences: number; wrong: number; first?: number } {
  let sequences = 0;
  let wrong = 0;
  let first: number | undefined;
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at]!;
    const length =
      byte < 0x80 ? 1 : byte >= 0xc2 && byte < 0xe0 ? 2 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
    let tails = 1;
    while (tails < length && isTail(bytes[at + tails])) tails++;
    if (length && tails === length) {
      if (length > 2) sequences++;
      at += length;
    } else {
      wrong++;
      first ??= at;
      at++;
    }
  }
  return { sequences, wrong, first };
}

/** Where the first byte stands that begins no character of GB18030. */
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
