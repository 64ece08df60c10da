import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { percentile } from './answer-time.ts';
import type { Growth, Page } from './growth.ts';

const page = new URL('../../docs/growth.md', import.meta.url);

function row({ title, goal, before, grown }: Page): string {
  const of = (sorted: number[]) => [0.5, 0.95].map(share => percentile(sorted, share).toFixed(1));
  const ratio = percentile(grown, 0.95) / percentile(before, 0.95);
  const verdict = goal === undefined ? '' : `≤ ${goal}: ${ratio <= goal ? 'met' : '**missed**'}`;
  return `| ${[title, ...of(before), ...of(grown), ratio.toFixed(2), verdict].join(' | ')} |`;
}

/** Writes docs/growth.md. */
export const writeGrowth = ({ rows, pages }: Growth): Promise<void> =>
  writeFile(
    page,
    `# A city among ten million rows

Written by \`npm run bench -- growth\` on ${new Date().toISOString().slice(0, 10)}. Machine: ${availableParallelism()} cores, Node ${process.versions.node}.

Two hubs asked in turn, ${pages[0]!.grown.length} times each, one request at a time: one with the sample city, one where copies of that city fill every
other county of the country. PostgreSQL's settings are those of any hub.

| page | before: p50, ms | p95, ms | grown: p50, ms | p95, ms | p95, ratio | goal |
| --- | --- | --- | --- | --- | --- | --- |
${pages.map(row).join('\n')}

The county and the city of the first two lines have the rows they had; those of the last two have their share of the copies as well, some sixty
times as many. Figures are counted when they are asked for, so a page costs what its own division holds, not what the tables hold.

The grown hub holds:

${rows.map(line => `- ${line}`).join('\n')}
`,
  );
