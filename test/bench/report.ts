import { readFile, writeFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import { inRepository } from '@hub/launcher/layout';
import { drawChart } from './chart.ts';
import { cell, type Findings } from './findings.ts';
import { figure, goalsOf } from './goals.ts';
import { versionOf } from './install-peers.ts';
import { works } from './work.ts';

const table = (head: string[], rows: string[][]) =>
  [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');

const shown = (value: number | undefined, digits: number) => value?.toFixed(digits) ?? '–';

const head = ['', 'answers a second', 'CPU gateway, ms', 'CPU subgraphs, ms', 'p50, ms', 'p95, ms', 'p99, ms', 'peak, MB'];

function tables(findings: Findings): string {
  return works
    .map(work => {
      const rows = findings.contestants.map(contestant => {
        const reason = findings.absent.get(cell(work, contestant));
        const of = (name: Parameters<typeof figure>[3], digits: number) =>
          shown(figure(findings, work, contestant, name), digits);
        if (reason) return [contestant.name, `– ${reason.replaceAll('|', '/').replaceAll('\n', ' ')}`, '', '', '', '', '', ''];
        return [
          contestant.name,
          of('perSecond', 0),
          of('gatewayCpu', 2),
          of('subgraphCpu', 2),
          of('p50', 1),
          of('p95', 1),
          of('p99', 1),
          of('peak', 0),
        ];
      });
      return `## (${work.key}) ${work.title}\n\n${table(head, rows)}`;
    })
    .join('\n\n');
}

/** What `npm run bench -- growth` found when it was last run. */
async function growthGoals(): Promise<string[][]> {
  const page = await readFile(inRepository('docs', 'growth.md'), 'utf8').catch(() => '');
  const lines = page.matchAll(/^\| (.+) \| .+ \| (.+) \| .+ \| (.+) \| (.+) \| (≤ .+): (met|\*\*missed\*\*) \|$/gm);
  return Array.from(lines, ([, what, before, grown, ratio, goal, verdict]) => [
    `${what} among ten million rows, p95 beside the same without them ([growth](growth.md))`,
    goal!,
    `${grown} to ${before} ms: ${ratio}`,
    verdict!,
  ]);
}

async function page(findings: Findings): Promise<string> {
  const { rounds, warmSeconds, seconds, connections } = findings.settings;
  const versions = await Promise.all(
    findings.contestants.map(
      async ({ name, package: from }) => from && `${name}: ${from} ${(await versionOf(from)) ?? 'not installed'}`,
    ),
  );
  const own = goalsOf(findings).map(({ what, goal, measured, isMet }) => [what, goal, measured, isMet ? 'met' : '**missed**']);
  const goals = [...own, ...(await growthGoals())];
  return `# The gateway beside its peers

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}; \`npm run bench -- --quick\` prints the same of one short round. Both install the peers into
\`test/bench/peers\` first, never into the product.

Machine: ${cpus().length} cores of ${cpus()[0]?.model ?? 'an unknown processor'}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, ${process.platform} ${release()}, Node ${process.versions.node}.
${versions.filter(Boolean).join('; ')}.

Each contestant runs alone before the same subgraphs, ${connections} connections, each request with another token; warmed for ${warmSeconds} s, measured for
${seconds} s, ${rounds} rounds in turn, medians. CPU is what the operating system counts for the process and its threads. Before anything is timed
its answers are compared with those of Apollo's gateway. The hub verifies each token, charges its cost, limits, logs and counts; the
peers do none of this. Of the in-memory subgraphs' answers the hub is told, as by its own subgraphs, that they are complete (\`x-hub-clean\`);
the peers may read the same header. Load, gateway and subgraphs share the machine: trust ratios.

![CPU of the gateway](benchmarks.svg)

Where a goal is missed: [why, what was tried, what the floor is](decisions/where-goals-are-missed.md). Two benches have pages of their own:
[growth](growth.md) and [ten minutes of load](endurance.md).

## Goals

${table(['what', 'goal', 'measured', ''], goals)}

${tables(findings)}
`;
}

/** Prints the goals; a full run also writes the page and its chart. */
export async function report(findings: Findings, say: (line: string) => void): Promise<void> {
  for (const { what, goal, measured, isMet } of goalsOf(findings))
    say(`${isMet ? 'met   ' : 'missed'} ${what}: ${measured} (goal ${goal})`);
  for (const [key, reason] of findings.absent) say(`left out ${key}: ${reason}`);
  if (findings.settings.name !== 'full') return;
  await writeFile(inRepository('docs', 'benchmarks.md'), await page(findings));
  await writeFile(inRepository('docs', 'benchmarks.svg'), await drawChart(findings));
}
