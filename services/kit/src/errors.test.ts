import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { errorCodes, errorExtensions } from './errors.ts';

/** The rows of the tables in docs/errors.md by their first cell. */
const documented = new Map(
  readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8')
    .split('\n')
    .filter(line => line.startsWith('| `'))
    .map(line => line.slice(2, -2).split(' | '))
    .map(([name, ...cells]) => [name!.replaceAll('`', ''), cells] as const),
);

describe('docs/errors.md', () => {
  it.each(Object.entries(errorCodes))('says of %s what the code does', (code, { status, meaning, advice }) => {
    expect(documented.get(code)).toEqual([String(status), meaning, advice]);
  });

  it.each(Object.entries(errorExtensions))('says of the extension %s what it means', (name, meaning) => {
    expect(documented.get(name)).toEqual([meaning]);
  });

  it('lists nothing else', () => {
    expect([...documented.keys()]).toEqual([...Object.keys(errorCodes), ...Object.keys(errorExtensions)]);
  });
});
