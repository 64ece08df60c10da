import type { ImportRate } from '@hub/test/import-rate';
import type { Contestant } from './contestants.ts';
import type { Measured } from './measure.ts';
import type { Latency } from './own-answers.ts';
import type { OwnList } from './own-list.ts';
import type { Settings } from './settings.ts';
import type { Beside } from './single-process.ts';
import type { Starts } from './start-of-hub.ts';
import type { Work } from './work.ts';

/** Everything one run found out. */
export interface Findings {
  settings: Settings;
  contestants: readonly Contestant[];
  /** By work and contestant, one for each round. */
  measured: Map<string, Measured[]>;
  /** Why a contestant has no figures for a work. */
  absent: Map<string, string>;
  /** The county dashboard by the hub, and the slowest fetch of it by itself, one request at a time. */
  latency?: Latency;
  ownList?: OwnList;
  beside?: Beside[];
  importRate?: ImportRate;
  starts?: Starts;
}

export const cell = (work: Work, { key }: Contestant) => `${work.key} ${key}`;
