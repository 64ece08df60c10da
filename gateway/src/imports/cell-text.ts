/** A number of the sheet as a person sees it: no exponent, no noise of binary fractions, every digit that was stored. */
export function numberText(raw: string): string {
  if (/^-?\d+$/.test(raw)) return raw;
  const value = Number(raw);
  if (!Number.isFinite(value)) return raw;
  const rounded = Number(value.toPrecision(15));
  return rounded === 0 ? '0' : withoutExponent(String(rounded));
}

function withoutExponent(text: string): string {
  const parts = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!parts) return text;
  const [, sign = '', first = '', rest = '', power = '0'] = parts;
  const exponent = Number(power);
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${first}${rest}`;
  const digits = (first + rest).padEnd(exponent + 1, '0');
  const fraction = digits.slice(exponent + 1);
  return sign + digits.slice(0, exponent + 1) + (fraction && `.${fraction}`);
}

const dayOne = Date.UTC(1899, 11, 31);

/** `YYYY-MM-DD`, `YYYY-MM-DD HH:MM`, or `HH:MM` for a time without a day (Excel stores it before its first day). */
export function dateText(date: Date): string {
  // Excel's times are fractions of a day: 08:30 arrives as 08:29:59.999.
  const time = Math.round(date.getTime() / 1000) * 1000;
  if (Number.isNaN(time)) return '#VALUE!';
  const iso = new Date(time).toISOString();
  const [day = '', clock = ''] = iso.split('T');
  const minutes = clock.slice(0, 5);
  if (time < dayOne) return minutes;
  return clock.startsWith('00:00:00') ? day : `${day} ${minutes}`;
}

export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (value instanceof Date) return dateText(value);
  return String(value);
}

/** 1 is A, 27 is AA. */
export function columnName(column: number): string {
  let name = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  return name;
}
