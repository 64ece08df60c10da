const ordinals: Record<string, string> = { 一: '1', 二: '2', 三: '3', 四: '4' };

const year = '(\\d{4})\\s*年?度?\\s*';
const forms: [RegExp, (parts: string[]) => string][] = [
  [new RegExp(`^${year}$`), ([of]) => of!],
  [
    new RegExp(`^${year}[-./]?\\s*(?:h([12])|(上|下)半年?)度?$`, 'i'),
    ([of, half, word]) => `${of}-H${half ?? (word === '上' ? 1 : 2)}`,
  ],
  [
    new RegExp(`^${year}[-./]?\\s*第?\\s*(?:q([1-4])|([1-4一二三四])\\s*季度?)$`, 'i'),
    ([of, quarter, word]) => `${of}-Q${quarter ?? ordinals[word!] ?? word}`,
  ],
  [/^(\d{4})\s*(?:年度?|[-./])\s*(0?[1-9]|1[0-2])\s*月?份?$/, ([of, month]) => `${of}-${month!.padStart(2, '0')}`],
  [/^(\d{4})(0[1-9]|1[0-2])$/, ([of, month]) => `${of}-${month}`],
];

/** A month that a spreadsheet made the first day of it: 2023-03-01, or the number of that day. */
function monthOfDay(text: string): string | undefined {
  const [, of, month, day] = /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?(?: 0?0:00(?::00)?)?$/.exec(text) ?? [];
  if (of) return Number(day) === 1 && Number(month) >= 1 && Number(month) <= 12 ? `${of}-${month!.padStart(2, '0')}` : undefined;
  if (!/^\d{5}$/.test(text)) return undefined;
  const date = new Date(Date.UTC(1899, 11, 30 + Number(text)));
  return date.getUTCDate() === 1 ? date.toISOString().slice(0, 7) : undefined;
}

/**
 * What a person writes for a period, as its code: `2023年`, `2023年上半年`, `2023年一季度`, `2023-Q1`, `2023.3`, `2023 年 3 月`, `202303`. Whether
 * it may be reported is another matter.
 */
export function readPeriod(value: string): { code?: string; hint?: 'tenth' | 'day' } {
  const text = value.normalize('NFKC').trim();
  if (text.length > 40) return {};
  // As a number 2023.10 loses its nought.
  if (/^\d{4}\.1$/.test(text)) return { hint: 'tenth' };
  for (const [form, code] of forms) {
    const found = form.exec(text);
    if (found) return { code: code(found.slice(1)) };
  }
  const code = monthOfDay(text);
  return code ? { code } : { hint: /^\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?/.test(text) ? 'day' : undefined };
}
