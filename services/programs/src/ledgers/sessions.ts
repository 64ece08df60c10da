import { randomUUID } from 'node:crypto';
import type { Context } from '@hub/kit/context';
import { date, integer, text, time } from '@hub/kit/imports/cell';
import { chunks } from '@hub/kit/imports/chunks';
import { divisionLookup, locateRows } from '@hub/kit/imports/division-lookup';
import { ImportOutcome, type Ledger, type LedgerRow } from '@hub/kit/imports/ledger';
import { divisionsOfSlice } from '../division/divisions-of-slice.ts';

export interface SessionLine {
  program: string;
  date: string;
  time: string;
  venue: string;
  division: string;
  seniors?: number;
  volunteers?: number;
  topic?: string;
}
type Line = LedgerRow<SessionLine & { programId?: string }>;

async function check(context: Context, rows: Line[]): Promise<void> {
  locateRows(rows, '属地', divisionLookup(context.viewer, await divisionsOfSlice(context)));
  const names = JSON.stringify([...new Set(rows.map(({ values }) => values.program))]);
  const programs = await context.em.execute<{ id: string; name: string }[]>(
    'select id, name from program where name in (select jsonb_array_elements_text(?::jsonb))',
    [names],
  );
  for (const row of rows) {
    const [found, another] = programs.filter(({ name }) => name === row.values.program);
    row.values.programId = found?.id;
    if (!found || another)
      row.refuse({
        code: found ? 'AMBIGUOUS_PROGRAM' : 'UNKNOWN_PROGRAM',
        column: '项目名称',
        value: row.values.program,
        message: found ? 'Several programs have this name.' : 'You can see no program of this name.',
        suggestion: '核对项目名称 / check the name of the program',
      });
  }
}

const shape =
  '(id uuid, program_id uuid, division_code text, venue text, starts_at timestamptz, topic text, seniors int, volunteers int)';
const theSame =
  's.program_id = r.program_id and s.division_code = r.division_code and s.venue = r.venue and s.starts_at = r.starts_at';

async function apply({ em }: Context, rows: Line[]): Promise<void> {
  for (const part of chunks(rows)) {
    const lines = part.map(({ values: { programId, division, venue, date: day, time: hour, topic, seniors, volunteers } }) => ({
      id: randomUUID(),
      program_id: programId,
      division_code: division,
      venue,
      // China has one time zone and no summer time.
      starts_at: `${day}T${hour}:00+08:00`,
      topic,
      seniors,
      volunteers,
    }));
    const json = JSON.stringify(lines);
    const changed = await em.execute<{ id: string }[]>(
      `update session s set version = s.version + 1, topic = coalesce(r.topic, s.topic), seniors = coalesce(r.seniors, s.seniors), volunteers = coalesce(r.volunteers, s.volunteers),
         state = case when coalesce(r.seniors, s.seniors) is null then s.state else 'HELD' end
       from json_to_recordset(?::json) as r ${shape} where ${theSame} and s.state <> 'CANCELLED'
         and (s.topic, s.seniors, s.volunteers) is distinct from (coalesce(r.topic, s.topic), coalesce(r.seniors, s.seniors), coalesce(r.volunteers, s.volunteers))
       returning r.id`,
      [json],
    );
    const created = await em.execute<{ id: string }[]>(
      `insert into session (id, program_id, division_code, venue, starts_at, topic, seniors, volunteers, state)
       select id, program_id, division_code, venue, starts_at, topic, seniors, volunteers, case when seniors is null then 'PLANNED' else 'HELD' end
       from json_to_recordset(?::json) as r ${shape} where not exists (select from session s where ${theSame}) returning id`,
      [json],
    );
    const isChanged = new Set(changed.map(({ id }) => id));
    const isNew = new Set(created.map(({ id }) => id));
    for (const [i, row] of part.entries()) {
      const { id } = lines[i]!;
      row.outcome = isNew.has(id) ? ImportOutcome.CREATED : isChanged.has(id) ? ImportOutcome.UPDATED : ImportOutcome.UNCHANGED;
    }
  }
}

/** 社区课堂台账: one row is a class of a program at a venue. */
export const sessionsLedger: Ledger<SessionLine> = {
  name: 'sessions',
  columns: {
    program: { header: '项目名称', required: true, parse: text(200) },
    date: { header: '日期', required: true, parse: date },
    time: { header: '时间', required: true, parse: time },
    venue: { header: '社区/地点', required: true, parse: text(200) },
    division: { header: '属地', required: true, parse: text(100) },
    seniors: { header: '参加人数', parse: integer(100_000) },
    volunteers: { header: '志愿者人数', parse: integer(100_000) },
    topic: { header: '课程主题', parse: text(200) },
  },
  key: ({ program, date: day, time: hour, venue, division }) => [program, day, hour, venue, division].join('/'),
  check,
  apply,
};
