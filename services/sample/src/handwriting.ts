/** How people type a value: mostly plainly, now and then in another way that means the same. `row` decides, so that nothing is random. */

export const fullWidth = (text: string): string =>
  text.replace(/[0-9]/g, digit => String.fromCodePoint(digit.codePointAt(0)! + 0xfee0));

export const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

export function writtenDate(date: string, row: number): string {
  const [year, month, day] = date.split('-').map(Number);
  if (row % 17 === 3) return `${year}.${month}.${day}`;
  if (row % 23 === 5) return `${year}年${month}月${day}日`;
  if (row % 61 === 7) return fullWidth(date);
  if (row % 47 === 9) return `${year}/${month}/${day}`;
  return date;
}

export function writtenNumber(value: number, row: number): string {
  if (row % 19 === 4) return grouped(value);
  if (row % 43 === 6) return fullWidth(String(value));
  if (row % 53 === 8) return `${value} `;
  return String(value);
}

export const writtenText = (text: string, row: number): string => (row % 29 === 11 ? `${text} ` : text);

export const writtenDivision = ({ code, name }: { code: string; name: string }, row: number): string =>
  row % 4 === 1 ? code : name;
