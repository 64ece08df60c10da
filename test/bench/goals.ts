import type { Contestant } from './contestants.ts';
import { cell, type Findings } from './findings.ts';
import { type Measured, median } from './measure.ts';
import { type Work, works } from './work.ts';

/** A line of what the hub wants to be, and what it is. */
export interface Goal {
  what: string;
  goal: string;
  measured: string;
  isMet: boolean;
}

/** The median of a figure over the rounds; undefined where there is none. */
export function figure({ measured }: Findings, work: Work, contestant: Contestant, of: keyof Measured): number | undefined {
  const rounds = measured.get(cell(work, contestant));
  return rounds && median(rounds.map(round => round[of]));
}

/** Ratios first: machines are noisy. What was not measured is left out. */
export function goalsOf(findings: Findings): Goal[] {
  const goals: Goal[] = [];
  const value = (key: string, contestant: string, of: keyof Measured) => {
    const work = works.find(each => each.key === key);
    const who = findings.contestants.find(each => each.key === contestant);
    return work && who && figure(findings, work, who, of);
  };
  const atMost = (what: string, mine: number | undefined, theirs: number | undefined, share: number, unit: string) => {
    if (mine === undefined || theirs === undefined) return;
    const measured = `${mine.toFixed(2)} to ${theirs.toFixed(2)} ${unit}: ${(mine / theirs).toFixed(2)}`;
    goals.push({ what, goal: `≤ ${share.toFixed(2)}`, measured, isMet: mine <= theirs * share });
  };
  const cpu = (key: string, other: string, share: number, name: string) =>
    atMost(
      `(${key}) CPU of the gateway beside ${name}`,
      value(key, 'hub', 'gatewayCpu'),
      value(key, other, 'gatewayCpu'),
      share,
      'ms',
    );
  for (const key of ['a', 'b']) {
    cpu(key, 'apollo', 1 / 5, 'the default @apollo/gateway');
    cpu(key, 'hive', 1 / 4, 'Hive Gateway');
    cpu(key, 'grafbase', 1, 'Grafbase');
  }
  cpu('d', 'apollo', 1 / 12, 'the default @apollo/gateway');
  cpu('d', 'grafbase', 1, 'Grafbase');
  const { ownList } = findings;
  if (ownList)
    atMost('(d) CPU of the subgraph alone beside plain Apollo Server with type-graphql', ownList.hub, ownList.plain, 1 / 3, 'ms');
  const rate = (what: string, mine: number | undefined, theirs: number | undefined, share: number, digits: number) => {
    if (mine === undefined || theirs === undefined) return;
    const measured = `${mine.toFixed(digits)} to ${theirs.toFixed(digits)} a second: ${(mine / theirs).toFixed(2)}`;
    goals.push({ what, goal: `≥ ${share.toFixed(2)}`, measured, isMet: mine >= theirs * share });
  };
  rate(
    '(b) throughput beside the same hub under HUB_EXECUTOR=apollo',
    value('b', 'hub', 'perSecond'),
    value('b', 'hub-apollo', 'perSecond'),
    2.5,
    1,
  );
  const { latency, starts, importRate } = findings;
  if (latency)
    atMost(
      `county dashboard, p95 beside the slowest subgraph's own answer (${latency.subgraph})`,
      latency.dashboard,
      latency.slowestSubgraph,
      1.5,
      'ms',
    );
  const limit = (what: string, is: number, most: number, unit: string) =>
    goals.push({ what, goal: `≤ ${most} ${unit}`, measured: `${is.toFixed(1)} ${unit}`, isMet: is <= most });
  for (const { title, databases, share, hub, postgraphile } of findings.beside ?? [])
    rate(
      `throughput of the whole hub beside PostGraphile over the same ${databases > 1 ? 'databases' : 'database'} and policies, ${title}`,
      hub.perSecond,
      postgraphile.perSecond,
      share,
      0,
    );
  if (importRate) {
    const { rows, hub, copy } = importRate;
    goals.push({
      what: `import of ${rows} organisations beside a bare COPY of all they become`,
      goal: '≥ 0.40 of its rate',
      measured: `${hub.toFixed(1)} s to ${copy.toFixed(1)} s: ${(copy / hub).toFixed(2)}`,
      isMet: copy >= hub * 0.4,
    });
  }
  for (const [way, { fresh, again, idle }] of Object.entries(starts ?? {})) {
    limit(`first start to the first answered query, subgraphs ${way}`, fresh, 15, 's');
    limit(`start over an existing database to the first answered query, subgraphs ${way}`, again, 5, 's');
    limit(`whole hub idle, subgraphs ${way} (PSS of all its processes)`, idle, 700, 'MB');
  }
  return goals;
}
