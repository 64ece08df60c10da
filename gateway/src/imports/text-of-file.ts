import { unreadable } from './file-kind.ts';
import { wrongEncoding } from './wrong-encoding.ts';

/** The text of a file: UTF-8, UTF-16, or GB18030 (what Excel and WPS write on Chinese Windows). */
export function textOfFile(file: Buffer): string {
  const encoding = byteOrderMark(file) ?? utf16WithoutMark(file);
  const whole = encoding ? decode(withoutHalfCharacter(file), encoding) : (decode(file, 'utf-8') ?? gb18030(file));
  const text = whole === undefined ? undefined : withoutFiller(whole);
  if (text === undefined || isBinary(text)) throw unreadable('二进制文件 (a binary file)');
  if (/^\s*<[!?a-z]/i.test(text)) throw unreadable('网页或 XML (a web page or XML, often named .xls)');
  if (/^\s*[[{]\s*["{[]/.test(text)) throw unreadable('JSON');
  return text;
}

/** Programs of the days of DOS end a text with Ctrl-Z, and fill its last block with more of it or with zeros. */
function withoutFiller(text: string): string {
  let end = text.length;
  for (let at = end - 1; at >= 0 && ' \r\n\0\u001a'.includes(text[at]!); at--)
    if (text[at] === '\0' || text[at] === '\u001a') end = at;
  return text.slice(0, end);
}

/** DOS adds one byte to UTF-16 as well. */
const withoutHalfCharacter = (file: Buffer) => (file.length % 2 && file.at(-1) === 0x1a ? file.subarray(0, -1) : file);

/** That of UTF-8 decides nothing: what follows it may be damaged, and is looked at like a text without one. */
function byteOrderMark(file: Buffer): string | undefined {
  if (file[0] === 0xff && file[1] === 0xfe) return 'utf-16le';
  if (file[0] === 0xfe && file[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** A table has separators and line ends: in UTF-16, each is beside a zero byte, always on the same side. */
function utf16WithoutMark(file: Buffer): string | undefined {
  const start = file.subarray(0, 4_096);
  const zeros = [0, 0];
  for (const [index, byte] of start.entries()) if (byte === 0) zeros[index % 2]!++;
  const [even = 0, odd = 0] = zeros;
  if (file.length % 2 || even + odd < Math.max(2, start.length / 20)) return undefined;
  if (odd > 10 * even) return 'utf-16le';
  return even > 10 * odd ? 'utf-16be' : undefined;
}

function decode(file: Buffer, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(file);
  } catch {
    return undefined;
  }
}

function gb18030(file: Buffer): string {
  const text = decode(file, 'gb18030');
  const problem = wrongEncoding(file, text !== undefined);
  if (problem) throw problem;
  return text!;
}

/** A stray sign in a text is no reason to refuse it; many are. */
function isBinary(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells a binary file from a text.
  const controls = text.match(/[\u0000-\u0008\u000e-\u001f]/g)?.length ?? 0;
  return controls > 3 && controls > text.length / 20;
}
