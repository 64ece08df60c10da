import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Endured, Sample } from './endurance.ts';

const page = new URL('../../docs/endurance.md', import.meta.url);
/** How much more the last third may hold than the one before it. */
const growth = 1.05;

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** What the process held on average in that third of the time, MB. */
function third(samples: Sample[], process: string, number: 1 | 2 | 3): number {
  const size = samples.length / 3;
  const within = samples.slice(Math.round((number - 1) * size), Math.round(number * size));
  return mean(within.map(({ memory }) => memory.get(process) ?? 0));
}

/** Writes docs/endurance.md, and throws where memory grew or an answer was not as before. */
export async function writeEndurance({ operations, clean, samples, differences }: Endured): Promise<void> {
  const last = samples.at(-1)!;
  const rows = [...last.memory.keys()].map(process => ({
    process,
    thirds: ([1, 2, 3] as const).map(number => third(samples, process, number)),
  }));
  const grown = rows.filter(({ thirds: [, middle, end] }) => end! > middle! * growth).map(({ process }) => process);
  const table = rows
    .map(({ process, thirds }) => `| ${process} | ${thirds.map(value => value.toFixed(0)).join(' | ')} |`)
    .join('\n');
  await writeFile(
    page,
    `# Ten minutes of a thousand operations

Written by \`npm run bench -- endurance\` on ${new Date().toISOString().slice(0, 10)}. Machine: ${availableParallelism()} cores, Node ${process.versions.node}.

The whole hub with its sample city, asked without pause by 8 clients of 40 officers of the city: ${operations} different queries in turn (those of
the repository, then generated ones that get data; ${clean} of them without an error), and another supergraph file each minute.

- ${last.answers} answers in ${last.seconds} s, **${last.wrong} of them** with another status or other error codes than the first answer to the same query.
- ${last.reloads} supergraphs gone over to under load.
- Memory by process, mean resident set of each third of the time, MB; the last may be ${((growth - 1) * 100).toFixed(0)} % above the middle one${grown.length ? `, **which ${grown.join(', ')} exceeded**` : ''}:

| process | first | middle | last |
| --- | --- | --- | --- |
${table}
`,
  );
  if (differences.length || last.wrong) throw new Error(`${last.wrong} answers were not as before:\n${differences.join('\n')}`);
  if (grown.length) throw new Error(`Memory grew: ${grown.join(', ')}.`);
}
