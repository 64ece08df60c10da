/** Lines that are looked at. */
const looked = 50;

/**
 * The separator of a table: the one that most of the first lines have the same number of, outside quotes (a line of quoted cells keeps a mark for each). Where amounts are written with
 * commas, there may be more of those than of the tabs between them.
 */
export function delimiterOf(text: string): string {
  const said = /^sep=([,;\t|])\r?\n/i.exec(text)?.[1];
  if (said) return said;
  const lines = text
    .slice(0, 20_000)
    .replace(/"[^"]*"/g, '"')
    .split(/[\r\n]+/)
    .filter(line => line.trim() !== '')
    .slice(0, looked);
  const [first, ...others] = [',', '\t', ';', '|'].map(delimiter => evenness(lines, delimiter));
  const isBetter = (one: Evenness, other: Evenness) =>
    one.lines > other.lines || (one.lines === other.lines && one.all > other.all);
  const best = others.reduce((most, each) => (isBetter(each, most) ? each : most), first!);
  // Who types a table by hand, in a Chinese input method, types this comma; elsewhere it is a sign of the text.
  return best.all === 0 && text.includes('，') ? '，' : best.delimiter;
}

interface Evenness {
  delimiter: string;
  /** How many lines have the same number of it. */
  lines: number;
  all: number;
}

function evenness(lines: string[], delimiter: string): Evenness {
  const counts = lines.map(line => line.split(delimiter).length - 1).filter(count => count > 0);
  const alike = new Map<number, number>();
  for (const count of counts) alike.set(count, (alike.get(count) ?? 0) + 1);
  return { delimiter, lines: Math.max(0, ...alike.values()), all: counts.reduce((sum, count) => sum + count, 0) };
}
