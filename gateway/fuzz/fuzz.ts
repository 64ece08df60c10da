// `npm run fuzz -- imports [runs] [seed]`: the readers of uploaded files against files that were changed at random.
import fc from 'fast-check';
import { answersOnly, type Tally } from '../src/testing/answers-only.ts';

const [target = '', runs = '20000', seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2);
if (target !== 'imports' || ![runs, seed].every(number => /^\d+$/.test(number))) {
  console.error('Usage: npm run fuzz -- imports [runs] [seed]');
  process.exit(2);
}

console.log(`imports: ${runs} files, seed ${seed}`);
const tally: Tally = {};
const start = performance.now();
const result = await fc.check(answersOnly(tally), { numRuns: Number(runs), seed: Number(seed) });
const seconds = ((performance.now() - start) / 1_000).toFixed(1);
console.log(`${result.numRuns} files in ${seconds} s: ${JSON.stringify(tally)}`);
if (result.failed) {
  const file = result.counterexample?.[0] as Buffer | undefined;
  console.error(`Something else than an answer, seed ${result.seed}, path ${result.counterexamplePath}:`, result.errorInstance);
  console.error(`The file, in Base64: ${file?.toString('base64')}`);
  process.exit(1);
}
console.log('0 crashes, 0 answers other than a table or a coded problem');
