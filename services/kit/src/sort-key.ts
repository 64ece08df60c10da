import { pinyin } from 'pinyin-pro';

/** Chinese order without a collation: toneless pinyin, lower case; other text as it is. Also what a search by pinyin meets. */
export const sortKey = (text: string): string =>
  pinyin(text.normalize('NFKC'), { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true })
    .join(' ')
    .toLowerCase()
    .trim();
