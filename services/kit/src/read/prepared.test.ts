import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

const program = `const { entryFor } = await import(${JSON.stringify(join(import.meta.dirname, '..', '..', 'dist', 'read', 'prepared.js'))});
const statement = { sql: 'select $1', values: ['1'] };
entryFor({}, statement);
process.stdout.write(entryFor({}, statement).sql);`;
const preparedBy = () => execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });

it('no two processes prepare a statement under the same name', () => {
  const [ours, theirs] = [preparedBy(), preparedBy()];
  for (const sql of [ours, theirs]) expect(sql).toMatch(/^prepare (hub_\w+) as select \$1;\nexecute \1\(1\)$/);
  expect(ours).not.toBe(theirs);
});
