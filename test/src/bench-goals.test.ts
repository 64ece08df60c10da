import { describe, expect, it } from '@jest/globals';
import { type Contestant, contestants } from '../bench/contestants.ts';
import { cell, type Findings } from '../bench/findings.ts';
import { figure, goalsOf } from '../bench/goals.ts';
import { type Measured, median } from '../bench/measure.ts';
import { full } from '../bench/settings.ts';
import { works } from '../bench/work.ts';

const all = contestants(() => new Map());
const who = (key: string) => all.find(contestant => contestant.key === key) as Contestant;
const work = (key: string) => works.find(each => each.key === key)!;
const round = (gatewayCpu: number, perSecond = 1): Measured => ({
  perSecond,
  failures: 0,
  p50: 1,
  p95: 1,
  p99: 1,
  gatewayCpu,
  subgraphCpu: 1,
  peak: 1,
});

const findings: Findings = {
  settings: full,
  contestants: all,
  measured: new Map([
    [cell(work('a'), who('hub')), [round(9), round(1), round(2)]],
    [cell(work('a'), who('apollo')), [round(10), round(10), round(11)]],
    [cell(work('a'), who('hive')), [round(7)]],
    [cell(work('b'), who('hub')), [round(1, 50)]],
    [cell(work('b'), who('hub-apollo')), [round(3, 10)]],
  ]),
  absent: new Map([[cell(work('a'), who('grafbase')), 'does not start']]),
  latency: { dashboard: 20, slowestSubgraph: 10, subgraph: 'people' },
  ownList: { plain: 9, hub: 2 },
  beside: [
    { title: '105 organisations × 10', databases: 1, share: 1, hub: round(1, 40), postgraphile: round(1, 50) },
    { title: 'county dashboard', databases: 4, share: 0.7, hub: round(1, 40), postgraphile: round(1, 50) },
  ],
  importRate: { rows: 100_000, trial: 2, hub: 30, copy: 9 },
  starts: { apart: { fresh: 16, again: 4, idle: 750 }, together: { fresh: 5, again: 3, idle: 650 } },
};

describe('the bench', () => {
  it('takes the middle of the rounds', () => {
    expect([median([9, 1, 2]), median([4, 1, 3, 2]), median([5])]).toEqual([2, 2.5, 5]);
    expect(figure(findings, work('a'), who('hub'), 'gatewayCpu')).toBe(2);
    expect(figure(findings, work('a'), who('grafbase'), 'gatewayCpu')).toBeUndefined();
  });

  it('says of each goal that was measured whether it is met, and of no other', () => {
    const lines = goalsOf(findings).map(({ what, measured, isMet }) => [what.slice(0, 40), measured, isMet]);
    expect(lines).toEqual(
      [
        ['(a) CPU of the gateway beside the default', '2.00 to 10.00 ms: 0.20', true],
        ['(a) CPU of the gateway beside Hive Gateway', '2.00 to 7.00 ms: 0.29', false],
        ['(d) CPU of the subgraph alone beside plain Apollo', '2.00 to 9.00 ms: 0.22', true],
        ['(b) throughput beside the same hub under ', '50.0 to 10.0 a second: 5.00', true],
        ['county dashboard, p95 beside the slowest ', '20.00 to 10.00 ms: 2.00', false],
        ['throughput of the whole hub beside PostGraphile', '40 to 50 a second: 0.80', false],
        ['throughput of the whole hub beside PostGraphile', '40 to 50 a second: 0.80', true],
        ['import of 100000 organisations beside a bare COPY', '30.0 s to 9.0 s: 0.30', false],
        ['first start to the first answered query, ', '16.0 s', false],
        ['start over an existing database to the f', '4.0 s', true],
        ['whole hub idle, subgraphs apart (PSS of ', '750.0 MB', false],
        ['first start to the first answered query, ', '5.0 s', true],
        ['start over an existing database to the f', '3.0 s', true],
        ['whole hub idle, subgraphs together (PSS ', '650.0 MB', true],
      ].map(([what, ...rest]) => [String(what).slice(0, 40), ...rest]),
    );
  });

  it('says how many databases PostGraphile was given, and holds each comparison to its own share', () => {
    const lines = goalsOf(findings).filter(({ what }) => what.includes('PostGraphile'));
    expect(lines.map(({ what, goal }) => [what, goal])).toEqual([
      ['throughput of the whole hub beside PostGraphile over the same database and policies, 105 organisations × 10', '≥ 1.00'],
      ['throughput of the whole hub beside PostGraphile over the same databases and policies, county dashboard', '≥ 0.70'],
    ]);
  });
});
