import { builtInFormat } from './built-in-formats.ts';
import { decodeEntities } from './decode-entities.ts';
import { NumberFormat } from './number-format.ts';
import { parseXml } from './parse-xml.ts';

/** The number format of each style that cells refer to by its number. */
export function readFormats(part: Buffer): NumberFormat[] {
  const codes = new Map<string, string>();
  const styles: string[] = [];
  let isCellStyle = false;
  parseXml(part, {
    open: (name, attributes) => {
      if (name === 'cellXfs') isCellStyle = true;
      else if (name === 'numFmt') {
        const { numFmtId, formatCode } = attributes();
        if (numFmtId !== undefined && formatCode !== undefined) codes.set(numFmtId, decodeEntities(formatCode));
      } else if (name === 'xf' && isCellStyle) styles.push(attributes().numFmtId ?? '0');
    },
    close: name => {
      if (name === 'cellXfs') isCellStyle = false;
    },
  });
  const formats = new Map<string, NumberFormat>();
  return styles.map(id => {
    const code = codes.get(id) ?? builtInFormat(id);
    const format = formats.get(code) ?? new NumberFormat(code);
    formats.set(code, format);
    return format;
  });
}
