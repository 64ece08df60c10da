/** A spreadsheet keeps 15 digits of a number. */
const keptDigits = 15;
const longest = 10 ** (keptDigits - 1);

/**
 * A number of the sheet as text: every digit that was stored, without the noise of binary fractions. One of 15 digits and more stands in
 * exponent form, as a spreadsheet shows it: a code that was typed into it has lost digits, and must not look whole.
 */
export function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < longest) return value === 0 ? '0' : String(value);
  const rounded = Number(value.toPrecision(keptDigits));
  if (rounded === 0) return '0';
  if (Math.abs(rounded) < longest) return withoutExponent(String(rounded));
  return rounded.toExponential().replace(/e\+?(\d+)$/, (_, exponent: string) => `E+${exponent.padStart(2, '0')}`);
}

export const isLong = (value: number): boolean => Math.abs(value) >= longest;

/** JavaScript writes 0.0000001 as 1e-7. */
function withoutExponent(text: string): string {
  const parts = /^(-?)(\d)(?:\.(\d+))?e-(\d+)$/.exec(text);
  if (!parts) return text;
  const [, sign = '', first = '', rest = '', exponent = '1'] = parts;
  return `${sign}0.${'0'.repeat(Number(exponent) - 1)}${first}${rest}`;
}
