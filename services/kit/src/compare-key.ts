/** Most texts: nothing in them that could be unclean. */
const plain = /^(?:[!-~]+(?: [!-~]+)*)?$/;

/**
 * What takes no place on paper: control characters but for blanks, direction marks, joiners, zero-width signs, soft hyphens, fillers, tags,
 * byte order marks, halves of characters. Variation selectors choose a form that may be seen and stay.
 */
const unseen = /(?!\s)\p{Control}|[\u{FFF9}-\u{FFFB}\p{Surrogate}]|(?!\p{Variation_Selector})\p{Default_Ignorable_Code_Point}/gu;

/** The Braille pattern without dots is a blank as well. */
const blanks = /[\s\u2800]+/g;

/** A text as it is stored: what is not seen is gone, blanks and line breaks are single blanks, accents are composed. */
export function cleanText(text: string): string {
  if (plain.test(text)) return text;
  return text.replace(unseen, '').replace(blanks, ' ').normalize('NFC').trim();
}

/** The same for a text of several lines, which keeps them. */
export function cleanLines(text: string): string {
  if (!/[\n\r\u0085\u2028\u2029]/.test(text)) return cleanText(text);
  const lines = text.split(/\r\n|[\n\r\u0085\u2028\u2029]/).map(cleanText);
  return lines.join('\n').replace(/^\n+|\n+$/g, '');
}

/** Signs that people type for one another. Full width is folded before. */
const alike: [RegExp, string][] = [
  [/\p{Variation_Selector}/gu, ''],
  [/[‐‑‒–—―−⸺⸻﹘]+|-{2,}/g, '-'],
  [/[“”„‟«»「」『』〝〞〟]/g, '"'],
  [/[‘’‚‛`´]/g, "'"],
  [/[[【〔〖〘〚]/g, '('],
  [/[\]】〕〗〙〛]/g, ')'],
  [/[~∼〜]/g, '~'],
  // Between the parts of a name stands one sign, whichever the keyboard had; a full stop is one only between Chinese characters.
  [/ ?[·•・‧∙⋅●] ?/g, '·'],
  [/(?<=\p{Script=Han}) ?\. ?(?=\p{Script=Han})/gu, '·'],
  [/ (?=[\p{Script=Han}()〈《、。,;:!?])|(?<=[\p{Script=Han}()〉》、。,;:!?]) /gu, ''],
];

/** Radicals stand for characters in texts that were copied from a PDF; those with a canonical character fold by themselves. */
const radicals = new Map(
  [...'⺟母⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙'].flatMap(
    (sign, i, all) => (i % 2 ? [] : [[sign, all[i + 1]!] as const]),
  ),
);
const aRadical = /[\u2E80-\u2EFF]/g;

/** A key is in an index, whose entries have a limit; a single sign may unfold to eighteen. */
const longest = 500;

/**
 * What two texts have in common that a person takes for the same: width, case, blanks beside Chinese characters, the sign between the parts
 * of a name, kinds of brackets, dashes and quotation marks do not tell them apart. Never shown, and never stored in place of a text.
 */
export function compareKey(text: string): string {
  let key = cleanText(text);
  if (!/^[a-z0-9]*$/.test(key)) {
    key = cleanText(key.normalize('NFKC').toLowerCase().normalize('NFKC')).replace(aRadical, sign => radicals.get(sign) ?? sign);
    for (const [signs, one] of alike) key = key.replace(signs, one);
    key = key.trim();
  }
  return key.length > longest
    ? key
        .slice(0, longest)
        .toWellFormed()
        .replace(/\uFFFD$/, '')
    : key;
}
