type Kind =
  | 'literal'
  | 'digit'
  | 'point'
  | 'comma'
  | 'percent'
  | 'exponent'
  | 'general'
  | 'text'
  | 'condition'
  | 'date'
  | 'elapsed'
  | 'end';

/** A sign of a number format, such as `yyyy`, `0`, or a piece of text that is shown as it stands. */
export interface FormatToken {
  kind: Kind;
  text: string;
}

const pattern = new RegExp(
  [
    String.raw`\[(?<bracket>[^\]]*)\]`,
    '"(?<quoted>[^"]*)"?',
    String.raw`[\\!](?<escaped>[^])`,
    '(?<skipped>[_*][^]?)',
    '(?<general>General|G/通用格式)',
    '(?<halfDay>AM/PM|A/P|上午/下午)',
    '(?<exponent>E[+-])',
    '(?<date>y+|m+|d+|h+|s+|e+|b+|g+|aaa+)',
    '(?<digit>[0#?])',
    '(?<sign>[.,%@;])',
    '(?<other>[^])',
  ].join('|'),
  'giu',
);

const signs: Record<string, Kind> = { '.': 'point', ',': 'comma', '%': 'percent', '@': 'text', ';': 'end' };

/** Cuts a number format into its sections (positive; negative; zero; text, or by condition) and those into their signs. */
export function formatSections(code: string): FormatToken[][] {
  const sections: FormatToken[][] = [[]];
  for (const { groups = {} } of code.matchAll(pattern)) {
    const token = tokenOf(groups);
    if (token?.kind === 'end') sections.push([]);
    else if (token) sections.at(-1)!.push(token);
  }
  return sections;
}

function tokenOf(found: Record<string, string | undefined>): FormatToken | undefined {
  const { bracket, general, halfDay, exponent, date, digit, sign } = found;
  const literal = found.quoted ?? found.escaped ?? found.other;
  if (literal !== undefined) return { kind: 'literal', text: literal };
  if (bracket !== undefined) return ofBracket(bracket);
  if (general) return { kind: 'general', text: general };
  if (halfDay) return { kind: 'date', text: 'h' };
  if (exponent) return { kind: 'exponent', text: exponent };
  if (date) return { kind: 'date', text: date.toLowerCase() };
  if (digit) return { kind: 'digit', text: digit };
  if (sign) return { kind: signs[sign]!, text: sign };
  return undefined;
}

/** `[h]` counts on past 24 hours, `[>=10000]` is a condition, `[$¥-804]` a currency; colours and languages show nothing. */
function ofBracket(text: string): FormatToken | undefined {
  if (/^(h+|m+|s+)$/i.test(text)) return { kind: 'elapsed', text: text[0]!.toLowerCase() };
  if (/^[<>=]/.test(text)) return { kind: 'condition', text };
  const [, currency = '', language = ''] = /^\$([^-]*)(?:-(.*))?$/.exec(text) ?? [];
  // The sign of the yuan is that of the yen as well: the language tells which.
  if (/[¥￥]/.test(currency) && /411$/.test(language)) return { kind: 'literal', text: 'JPY ' };
  return currency ? { kind: 'literal', text: currency } : undefined;
}
