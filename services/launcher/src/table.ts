const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Columns a text takes in a terminal: Chinese characters take two. */
export const widthOf = (text: string) => [...text].reduce((width, character) => width + (wide.test(character) ? 2 : 1), 0);

/** What stands in a spreadsheet may hold line breaks and terminal codes; it is shown on one line and harmless. */
const printable = (text: string) => text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();

function shorten(text: string, limit: number): string {
  if (widthOf(text) <= limit) return text;
  let short = '';
  for (const character of text) {
    if (widthOf(short + character) > limit - 1) break;
    short += character;
  }
  return `${short}…`;
}

/** Lays rows out in columns that line up. The last column is as long as it needs to be, the others end at `limit`. */
export function table(headings: string[], rows: string[][], limit = 28): string[] {
  const last = headings.length - 1;
  const cells = [headings, ...rows].map(row =>
    row.map((cell, column) => (column === last ? printable(cell) : shorten(printable(cell), limit))),
  );
  const widths = headings.map((_, column) => Math.max(...cells.map(row => widthOf(row[column]!))));
  const line = (row: string[]) =>
    row
      .map((cell, column) => cell + ' '.repeat(widths[column]! - widthOf(cell)))
      .join('  ')
      .trimEnd();
  const [head, ...body] = cells;
  return [line(head!), widths.map(width => '-'.repeat(width)).join('  '), ...body.map(line)];
}
