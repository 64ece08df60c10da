import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/asvs.md', root), 'utf8');

it('the table of ASVS names files that there are, and counts its rows', () => {
  const named = [...page.matchAll(/`((?:docs|gateway|services|test|schema|[A-Z]+\.md)[\w./-]*)`/g)].map(([, path]) => path!);
  expect(named.length).toBeGreaterThan(100);
  expect([...new Set(named)].filter(path => !existsSync(new URL(path, root)))).toEqual([]);
  const rows = [...page.matchAll(/^\| \d+(?:\.\d+)* \| .* \| (met|in part|operator|does not apply) \| .+ \|$/gm)].map(
    ([, state]) => state,
  );
  const count = (state: string) => rows.filter(each => each === state).length;
  expect(page).toContain(
    `${count('met')} are met, ${count('in part')} in part, ${count('operator')} are the operator's, ${count('does not apply')} do not apply.`,
  );
});
