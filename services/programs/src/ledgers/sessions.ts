import { compareKey } from '@hub/kit/compare-key';
import type { Context } from '@hub/kit/context';
import { text } from '@hub/kit/imports/cell';
import { wrong } from '@hub/kit/imports/cell-problem';
import { groupBy } from '@hub/kit/imports/chunks';
import { plannedDate } from '@hub/kit/imports/date';
import { type Decision, decisionColumn } from '@hub/kit/imports/decision';
import { divisionLookup, locateRows } from '@hub/kit/imports/division-lookup';
import type { Ledger, LedgerRow } from '@hub/kit/imports/ledger';
import { integer } from '@hub/kit/imports/number';
import { time } from '@hub/kit/imports/time';
import { divisionsOfSlice } from '../division/divisions-of-slice.ts';
import { applySessions } from './apply-sessions.ts';
import { sessionsExplained } from './sessions-explained.ts';

export interface SessionLine {
  program: string;
  date: string;
  time: string;
  venue: string;
  division: string;
  seniors?: number;
  volunteers?: number;
  topic?: string;
  decision?: Decision;
}
/** A row and what `check` found for it. */
export type SessionRow = LedgerRow<SessionLine & { programId?: string }>;

async function check(context: Context, rows: SessionRow[]): Promise<void> {
  locateRows(rows, '属地', divisionLookup(context.viewer, await divisionsOfSlice(context)));
  const programs = await context.em.execute<{ id: string; name: string }[]>('select id, name from program');
  const byName = groupBy(programs, ({ name }) => compareKey(name));
  for (const row of rows) {
    const [found, another] = byName.get(compareKey(row.values.program)) ?? [];
    row.values.programId = found?.id;
    if (!found || another)
      row.refuseCell(
        '项目名称',
        row.values.program,
        wrong(found ? 'AMBIGUOUS_PROGRAM' : 'UNKNOWN_PROGRAM', { value: row.values.program }),
      );
  }
}

/** 社区课堂台账: one row is a class of a program at a venue. */
export const sessionsLedger: Ledger<SessionLine> = {
  name: 'sessions',
  title: '社区课堂台账',
  explained: sessionsExplained,
  columns: {
    program: { header: '项目名称', required: true, parse: text(200) },
    date: { header: '日期', required: true, parse: plannedDate },
    time: { header: '时间', required: true, parse: time },
    venue: { header: '社区/地点', required: true, parse: text(200) },
    division: { header: '属地', required: true, parse: text(100) },
    seniors: { header: '参加人数', unit: '人', parse: integer(100_000) },
    volunteers: { header: '志愿者人数', unit: '人', parse: integer(100_000) },
    topic: { header: '课程主题', parse: text(200) },
    decision: decisionColumn,
  },
  key: ({ program, date: day, time: hour, venue, division }) =>
    [compareKey(program), day, hour, compareKey(venue), division].join('/'),
  check,
  apply: applySessions,
};
