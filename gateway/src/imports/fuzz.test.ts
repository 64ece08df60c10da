import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { answersOnly, type Tally } from '../testing/answers-only.ts';

it('a file is read as a table, or refused in words, however it was changed', async () => {
  const tally: Tally = {};
  await fc.assert(answersOnly(tally), { numRuns: 1_500 });
  expect(tally.table).toBeGreaterThan(100);
  expect(tally.FILE_UNREADABLE).toBeGreaterThan(100);
});
