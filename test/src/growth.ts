// What the sample city's pages cost once its rows are a few among ten million.
import { join } from 'node:path';
import { type Hub, startHub } from '@hub/launcher/start-hub';
import { startPostgres } from '@hub/postgres/start-postgres';
import { answerTime, percentile } from './answer-time.ts';
import { grow } from './grow.ts';
import { comparison, dashboard } from './journeys.ts';

export interface Page {
  title: string;
  /** How often its p95 of before the grown one may be; none for a division that has grown itself. */
  goal?: number;
  /** Milliseconds, shortest first. */
  before: number[];
  grown: number[];
}

export interface Growth {
  /** What the databases of the grown hub hold, a line for each. */
  rows: string[];
  pages: Page[];
}

const times = 300;
const warming = 30;

/** Grows a hub in `directory` and asks it and the one as it was in turn, one request at a time. */
export async function growth(before: Hub, directory: string, say: (line: string) => void): Promise<Growth> {
  await (await startHub({ dataDirectory: directory, port: 0, sample: 'changchun' })).stop();
  const postgres = await startPostgres({ dataDirectory: join(directory, 'postgres'), durable: false });
  const rows = await grow(postgres.adminUrl).finally(() => postgres.stop());
  for (const line of rows) say(line);
  const grown = await startHub({ dataDirectory: directory, port: 0, sample: 'changchun' });
  try {
    const pages: Page[] = [];
    for (const { query, here, there, ...page } of [
      { title: 'county dashboard', goal: 1.5, query: dashboard, here: '220104', there: '220104' },
      { title: 'city comparison', goal: 3, query: comparison, here: '220100', there: '220100' },
      { title: 'county dashboard of a county that has grown', query: dashboard, here: '220104', there: '510107' },
      { title: 'city comparison of a city that has grown', query: comparison, here: '220100', there: '510100' },
    ]) {
      const taken = { before: [] as number[], grown: [] as number[] };
      for (let i = 0; i < times + warming; i++) {
        const milliseconds = await answerTime(before, query, here, `bench-${i}`);
        const later = await answerTime(grown, query, there, `bench-${i}`);
        if (i < warming) continue;
        taken.before.push(milliseconds);
        taken.grown.push(later);
      }
      for (const each of Object.values(taken)) each.sort((a, b) => a - b);
      pages.push({ ...page, ...taken });
      say(
        `${page.title}: p95 ${percentile(taken.before, 0.95).toFixed(1)} ms, grown ${percentile(taken.grown, 0.95).toFixed(1)} ms`,
      );
    }
    return { rows, pages };
  } finally {
    await grown.stop();
  }
}
