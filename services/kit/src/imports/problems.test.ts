import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { problemsOfFiles } from './problem-of-file.ts';
import { problems } from './problems.ts';

const page = readFileSync(new URL('../../../../docs/imports.md', import.meta.url), 'utf8');
/** A bar would end the cell of a table. */
const inTable = (text: string) => (text === '' ? ' ' : text.replaceAll('|', '\\|'));
const rows = Object.entries<{ says: string; advice: string; cell: string; hints?: Record<string, string> }>(problems).map(
  ([code, { says, advice, cell, hints = {} }]) => {
    const example = cell === '' ? '(empty)' : `\`${cell}\``;
    return `| \`${code}\` | ${example} | ${inTable(says)} | ${[advice, ...Object.values(hints)].map(inTable).join('<br>')} |`;
  },
);

const sources = (folder: URL): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map(name => readFileSync(new URL(name, folder), 'utf8'));

describe('the codes of an import', () => {
  it('stand in docs/imports.md with their words and a cell each, and nothing else does', () => {
    expect(page.split('\n').filter(line => line.startsWith('| `'))).toEqual(rows);
  });

  it.each(Object.entries<{ says: string; advice: string }>(problems))(
    '%s is told in English and in Chinese',
    (_, { says, advice }) => {
      for (const words of [says, advice]) {
        expect(words).toMatch(/[a-z]{3}/);
        expect(words).toMatch(/[一-龥]/);
        expect(words).not.toMatch(/(?<!There) is no\b/);
      }
    },
  );

  it('are all those that ledgers use, and each is used', () => {
    const services = ['organisations', 'people', 'campaigns', 'programs', 'kit'];
    const all = services.flatMap(service => sources(new URL(`../../../${service}/src/`, import.meta.url))).join('\n');
    const inWords = [...all.matchAll(/new CellProblem\(\s*'([A-Z_]+)'/g)].map(([, code]) => code!);
    expect(inWords).toEqual([]);
    const named = (code: string) => all.split(`'${code}'`).length > 1;
    expect(Object.keys(problems).filter(code => !(code in problemsOfFiles) && !named(code))).toEqual([]);
  });
});
