// `npm run bench -- import`, `-- dashboard`, `-- overload`, `-- endurance`, `-- siege`, `-- faults` or `-- growth`: what the hub takes on this machine. Figures, no verdicts.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Hub, startHub } from '@hub/launcher/start-hub';
import { answerTime, percentile } from './answer-time.ts';
import { endurance, prepareEndurance } from './endurance.ts';
import { writeEndurance } from './endurance-page.ts';
import { faults } from './faults/faults.ts';
import { writeFaults } from './faults/faults-page.ts';
import { growth } from './growth.ts';
import { writeGrowth } from './growth-page.ts';
import { importRate } from './import-rate.ts';
import { comparison, dashboard } from './journeys.ts';
import { greedyPartner, overload } from './overload.ts';
import { memoryBelow } from './process-memory.ts';
import { siege } from './siege/siege.ts';
import { writeSiege } from './siege/siege-page.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const since = (start: number) => ((performance.now() - start) / 1000).toFixed(1);

async function withHub(sample: 'changchun' | 'none', work: (hub: Hub) => Promise<void>) {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'hub-bench-'));
  const start = performance.now();
  const hub = await startHub({ dataDirectory, port: 0, sample });
  say(`hub ready with sample ${sample}: ${since(start)} s`);
  try {
    await work(hub);
  } finally {
    await hub.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  }
}

async function sayMemory(title: string) {
  const processes = (await memoryBelow()).filter(({ command }) => command !== '');
  const node = processes.filter(({ command }) => command.includes('.js'));
  say(
    `${title}: node processes ${node.reduce((sum, { now }) => sum + now, 0)} MB now, all with PostgreSQL ${processes.reduce((sum, { now }) => sum + now, 0)} MB (shared pages counted in each)`,
  );
  for (const { command, now, peak } of processes.sort((a, b) => b.peak - a.peak).slice(0, 8))
    say(
      `  peak ${String(peak).padStart(4)} MB  now ${String(now).padStart(4)} MB  ${command
        .replace(/^\S*node /, '')
        .replace(/^.*\/(services|gateway)/, '$1')
        .slice(0, 70)}`,
    );
}

async function imports(files: number) {
  const { rows, trial, hub, copy } = await importRate(files, () => sayMemory('after the import'));
  say(`dry run of 10,000 organisations: ${trial.toFixed(1)} s`);
  say(
    `${rows} organisations in ${files} files: ${hub.toFixed(1)} s, ${(rows / hub).toFixed(0)} rows a second; bare COPY of all they became ${copy.toFixed(1)} s, ${((100 * copy) / hub).toFixed(0)} % of its rate`,
  );
}

async function time(hub: Hub, title: string, division: string, query: string, times = 300) {
  const taken: number[] = [];
  for (let i = 0; i < times + 30; i++) {
    const milliseconds = await answerTime(hub, query, division, `bench-${i}`);
    if (i >= 30) taken.push(milliseconds);
  }
  taken.sort((a, b) => a - b);
  say(
    `${title}: p50 ${percentile(taken, 0.5).toFixed(1)} ms, p95 ${percentile(taken, 0.95).toFixed(1)} ms, p99 ${percentile(taken, 0.99).toFixed(1)} ms (${times} requests, one at a time)`,
  );
}

const benches: Record<string, () => Promise<void>> = {
  import: () => imports(1),
  dashboard: () =>
    withHub('changchun', async hub => {
      await sayMemory('idle');
      await time(hub, 'county dashboard', '220104', dashboard);
      await time(hub, 'city comparison', '220100', comparison);
      await sayMemory('after the load');
    }),
  overload: () =>
    withHub('changchun', async hub => {
      await overload(hub, say);
      await greedyPartner(hub, randomUUID(), randomUUID(), say);
      await sayMemory('after the overload');
    }),
  endurance: async () => {
    const directory = await mkdtemp(join(tmpdir(), 'hub-endurance-'));
    const file = await prepareEndurance(directory);
    await withHub('changchun', async hub => writeEndurance(await endurance(hub, file, 600, say)));
    await rm(directory, { recursive: true, force: true });
  },
  siege: () =>
    withHub('changchun', async hub => {
      const seconds = Number(process.env.BENCH_SIEGE_SECONDS ?? 60);
      await writeSiege(seconds, await siege(hub, seconds, say));
    }),
  faults: async () => {
    // The throw-away PostgreSQL of the tests, for what stands between a service and its database.
    const { default: setUp } = await import(new URL('../global-setup.js', import.meta.url).href);
    const { default: tearDown } = await import(new URL('../global-teardown.js', import.meta.url).href);
    await setUp();
    try {
      await writeFaults(await faults(Number(process.env.BENCH_FAULT_ROUNDS ?? 10), say));
    } finally {
      await tearDown();
    }
  },
  growth: () =>
    withHub('changchun', async asItWas => {
      const directory = await mkdtemp(join(tmpdir(), 'hub-growth-'));
      try {
        await writeGrowth(await growth(asItWas, directory, say));
      } finally {
        await rm(directory, { recursive: true, force: true });
      }
    }),
};

say(`${availableParallelism()} cores, Node ${process.version}`);
for (const name of process.argv.slice(2).length ? process.argv.slice(2) : Object.keys(benches)) {
  const bench = benches[name];
  if (!bench) throw new Error(`No bench "${name}": ${Object.keys(benches).join(', ')}`);
  await bench();
}
