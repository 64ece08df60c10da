import { createRequire } from 'node:module';

/** Its dictionary takes 10 MB, and a process that only reads never needs it: it is loaded with the first text. */
const load = (): typeof import('pinyin-pro') => createRequire(import.meta.url)('pinyin-pro');
let library: typeof import('pinyin-pro') | undefined;

/** Chinese order without a collation: toneless pinyin, lower case; other text as it is. Also what a search by pinyin meets. */
export function sortKey(text: string): string {
  library ??= load();
  return library
    .pinyin(text.normalize('NFKC'), { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true })
    .join(' ')
    .toLowerCase()
    .trim();
}
