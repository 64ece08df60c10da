import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { percentile } from '../answer-time.ts';
import type { Met, Siege } from './siege.ts';

const page = new URL('../../../docs/siege.md', import.meta.url);
const goal = 1.25;

const p95 = ({ taken }: Met) => percentile(taken, 0.95);

function row({ starving, polite, met }: Siege, alone: Met): string {
  const ratio = p95(polite) / p95(alone);
  const outcomes = [...met].sort(([, a], [, b]) => b - a).slice(0, 4);
  const cells = [
    starving.name,
    p95(polite).toFixed(1),
    ratio.toFixed(2),
    ratio <= goal ? 'met' : '**missed**',
    `${polite.taken.length}, ${polite.refused.length}`,
    `${polite.signIns}, ${polite.failedSignIns.length}`,
    outcomes.map(([outcome, times]) => `${outcome} × ${times}`).join('; '),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Writes docs/siege.md. */
export const writeSiege = (seconds: number, { alone, sieges }: { alone: Met; sieges: Siege[] }): Promise<void> =>
  writeFile(
    page,
    `# One viewer against the others

Written by \`npm run bench -- siege\` on ${new Date().toISOString().slice(0, 10)}. Machine: ${availableParallelism()} cores, Node ${process.versions.node}; the load runs on it, too.

A hub with its sample city and the limits it comes with. A polite officer asks a county's dashboard again and again, and the administrator signs in every
few seconds; beside them one viewer, or one address, does what would starve the others, ${seconds} s each. Alone the dashboard takes ${p95(alone).toFixed(1)} ms (p95 of
${alone.taken.length}); beside each of them it may take a quarter longer.

| what is done to the hub | polite p95, ms | ratio | goal ≤ ${goal} | answered, refused | signed in, failed | what it met, and how often |
| --- | --- | --- | --- | --- | --- | --- |
${sieges.map(each => row(each, alone)).join('\n')}
`,
  );
