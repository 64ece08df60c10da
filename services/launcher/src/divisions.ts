import { readFileSync } from 'node:fs';
import { inRepository } from './layout.ts';

let listed: { code: string; level: string; parent: string }[] | undefined;

/** The country's divisions as they ship with the hub; a command knows them without a hub that runs. */
function divisions() {
  listed ??= readFileSync(inRepository('services', 'organisations', 'assets', 'divisions.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map(line => line.split(','))
    .map(([code, , level, parent]) => ({ code: code!, level: level!, parent: parent! }));
  return listed;
}

/** `000000` is the whole country. */
export const isDivision = (code: string): boolean => code === '000000' || divisions().some(division => division.code === code);

/** A county below a division, for examples; the division itself where it has none. */
export const countyBelow = (code: string): string =>
  divisions().find(({ level, parent }) => level === 'COUNTY' && parent === code)?.code ?? code;
