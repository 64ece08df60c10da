/** How long and how often is measured. */
export interface Settings {
  name: 'full' | 'quick';
  rounds: number;
  warmSeconds: number;
  seconds: number;
  connections: number;
  /** Access tokens signed beforehand for each viewer: more than one run can use up. */
  tokens: number;
  /** Whether the hub's own start and idle memory are measured, too. */
  includesStart: boolean;
}

export const full: Settings = {
  name: 'full',
  rounds: 3,
  warmSeconds: 2,
  seconds: 4,
  connections: 20,
  tokens: 40_000,
  includesStart: true,
};

export const quick: Settings = {
  name: 'quick',
  rounds: 1,
  warmSeconds: 0.7,
  seconds: 1.2,
  connections: 20,
  tokens: 12_000,
  includesStart: false,
};
