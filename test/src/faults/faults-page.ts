import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { percentile } from '../answer-time.ts';
import type { Fault } from './fault.ts';

const page = new URL('../../../docs/faults.md', import.meta.url);

function row({ name, rounds, acknowledged, lost, doubled, failedOfOthers, half, copies, comeBack }: Fault): string {
  const sorted = comeBack.toSorted((a, b) => a - b);
  const times = sorted.length > 1 ? `${percentile(sorted, 0.5).toFixed(1)}, ${sorted.at(-1)!.toFixed(1)}` : sorted[0]!.toFixed(1);
  return `| ${[name, rounds, acknowledged, lost, doubled, failedOfOthers, half ?? '', copies ?? '', times].join(' | ')} |`;
}

/** Writes docs/faults.md. */
export const writeFaults = (faults: readonly Fault[]): Promise<void> =>
  writeFile(
    page,
    `# What goes wrong, and what becomes of it

Written by \`npm run bench -- faults\` on ${new Date().toISOString().slice(0, 10)}. Machine: ${availableParallelism()} cores, Node ${process.versions.node}; the load runs on it, too.

While a hub is used, something is taken from it. Readers ask each part again and again; writers repeat a change under its key until it is promised. Goals: nothing promised is lost or
there twice, no request fails that needed nothing of what was hit, no import is half there, no copy differs; a process is back within 5 s, everything within 15 s on a quiet machine.
What was sent after the moment of a restore and is there all the same counts as doubled. Of rolling restarts the time is that of one process, from its signal to the next one's. A process that ends again and again is started again later each time, after 10 s at most: the longest times are of that.

| what happened | rounds | promised | lost | doubled | failed of others | imports half there | copies that differ | back after, s: median, longest |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${faults.map(row).join('\n')}
`,
  );
