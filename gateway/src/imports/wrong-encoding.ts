import { TextDecoder } from 'node:util';
import { unreadable } from './file-kind.ts';
import { FileProblem } from './file-problem.ts';
import { gb18030Share } from './gb18030-share.ts';
import { utf8Share } from './utf8-share.ts';

/**
 * Why a file that is not UTF-8 cannot be GB18030 either; undefined where it can. Bytes of one often decode as the other, into nonsense,
 * so it is decided by how much of it decodes, line by line: Chinese text in GB18030 has next to no line that is UTF-8 by chance. A file
 * with such lines is UTF-8 that was damaged, or two files in one, and its first wrong byte is named.
 */
export function wrongEncoding(file: Buffer, isGb18030: boolean): FileProblem | undefined {
  const found = { utf8: 0, other: 0, sequences: 0, wrong: 0, pairs: 0, rare: 0 };
  let notUtf8: Wrong | undefined;
  let strange: Wrong | undefined;
  let line = 0;
  for (const bytes of linesOf(file)) {
    line++;
    const { sequences, wrong, first } = utf8Share(bytes);
    found.sequences += sequences;
    found.wrong += wrong;
    if (first === undefined) {
      if (sequences) found.utf8++;
      continue;
    }
    found.other++;
    notUtf8 ??= { line, at: first, byte: bytes[first]! };
    const { pairs, rare, firstRare } = gb18030Share(bytes);
    found.pairs += pairs;
    found.rare += rare;
    if (firstRare !== undefined) strange ??= { line, at: firstRare, byte: bytes[firstRare]! };
  }
  const isUtf8 = found.utf8 > found.other / 50 || found.sequences * 3 > found.wrong / 3;
  if (isUtf8 && notUtf8) return named('UTF-8', notUtf8, Math.floor((100 * found.sequences) / (found.sequences + found.wrong)));
  if (strange && isGb18030 && found.rare * 4 > found.pairs) return named('UTF-8 / GB18030', strange);
  if (isGb18030) return undefined;
  // One line with nothing of either: no text at all.
  return line < 2 && found.sequences === 0
    ? unreadable('二进制文件 (a binary file)')
    : named('UTF-8 / GB18030', notGb18030(file));
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

/** Up to a line feed, or to a carriage return alone. */
function* linesOf(file: Buffer): Generator<Buffer> {
  let start = 0;
  for (let at = 0; at < file.length; at++) {
    if (file[at] !== 0x0a && (file[at] !== 0x0d || file[at + 1] === 0x0a)) continue;
    yield file.subarray(start, at + 1);
    start = at + 1;
  }
  if (start < file.length) yield file.subarray(start);
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
      const at = gb18030Share(bytes).fault ?? 0;
      return { line, at, byte: bytes[at]! };
    }
  }
  return { line, at: 0, byte: file.at(-1)! };
}
