import { cleanText } from './compare-key.ts';

/** Signs that say nothing to who searches, and signs that are typed for one another; the same for the text on file and the text asked for. */
const gone = ' ·•・‧∙⋅●‐‑‒–—―−"“”„‟«»「」『』\'‘’‚‛`´《》〈〉-';
const alike: Record<string, string> = { '[': '(', ']': ')', '【': '(', '】': ')', '〔': '(', '〕': ')', '〖': '(', '〗': ')' };
const from = Object.keys(alike).join('');
const to = Object.values(alike).join('');
const fold = new Map([...[...gone].map(sign => [sign, ''] as const), ...Object.entries(alike)]);

/** What is looked for when somebody searches a text: width, case, blanks, dashes, interpuncts and kinds of brackets tell nothing apart. */
export const searchKey = (text: string): string =>
  cleanText(text)
    .normalize('NFKC')
    .replace(/[A-Z]/g, letter => letter.toLowerCase())
    .replace(/./gsu, sign => fold.get(sign) ?? sign);

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/**
 * The same of columns, as SQL of which an index can be made. `lower` of a database in the collation C knows the Latin alphabet, as the key
 * does. A pattern takes signs away in a tenth of the time that `translate` would need for so many. Another table of signs needs other
 * indexes: a migration that makes them anew.
 */
export function searchKeySql(columns: readonly string[]): string {
  const text = columns.map(column => `coalesce(${column}, '')`).join(' || chr(10) || ');
  const bare = `regexp_replace(lower(normalize(${text}, NFKC)), ${quoted(`[${gone}]`)}, '', 'g')`;
  return `translate(${bare}, ${quoted(from)}, ${quoted(to)})`;
}
