import { parseXml } from './parse-xml.ts';
import { StringItem } from './string-item.ts';

/** The texts that cells refer to by their number. */
export function readSharedStrings(part: Buffer): string[] {
  const strings: string[] = [];
  const item = new StringItem();
  parseXml(part, {
    open: name => item.open(name),
    text: text => item.add(text),
    close: name => {
      item.close(name);
      if (name === 'si') strings.push(item.take());
    },
  });
  return strings;
}
