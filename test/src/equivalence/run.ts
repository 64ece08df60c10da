// `npm run equivalence -- [operations] [seed]`: many generated operations through Apollo's executor and the hub's own.
import { openContest } from './executors.ts';
import { hub, museum } from './federation.ts';
import { Tally } from './tally.ts';
import { trials } from './trial.ts';

const [operations = 5_000, seed = 1] = process.argv.slice(2).map(Number);
const contests = await Promise.all([openContest(museum), openContest(hub)]);
const tally = new Tally();
for (let number = 0; number < operations; number++) {
  tally.operations++;
  for await (const { comparison, report } of trials(contests[number % contests.length]!, seed, number)) {
    tally.count(comparison);
    if (report) process.stdout.write(`${report}\n\n`);
  }
}
process.stdout.write(`${tally}\n`);
if (tally.differences > 0) process.exitCode = 1;
