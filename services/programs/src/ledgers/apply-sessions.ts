import { randomUUID } from 'node:crypto';
import type { Context } from '@hub/kit/context';
import { chunks } from '@hub/kit/imports/chunks';
import { ImportOutcome, type Manner } from '@hub/kit/imports/ledger';
import { sameOnFile } from '@hub/kit/imports/likely-duplicates';
import type { SessionRow } from './sessions.ts';
import { compared, sessionsOnFile } from './sessions-on-file.ts';

const shape =
  '(id uuid, program_id uuid, division_code text, venue text, starts_at timestamptz, topic text, seniors int, volunteers int)';

const recordOf = ({ values }: SessionRow, id: string) => ({
  id,
  program_id: values.programId,
  division_code: values.division,
  venue: values.venue,
  starts_at: `${values.date}T${values.time}:00+08:00`,
  topic: values.topic,
  seniors: values.seniors,
  volunteers: values.volunteers,
});

/** Enters classes and completes those on file; an empty cell leaves what stands, and a class that was cancelled stays as it is. */
export async function applySessions(context: Context, rows: SessionRow[], manner: Manner): Promise<void> {
  const { em } = context;
  const near = await sessionsOnFile(context, rows);
  const same = sameOnFile(rows, compared, near, manner);
  for (const part of chunks(rows.filter(({ isGood }) => isGood))) {
    const present = part.filter(row => same.has(row));
    const changed = await em.execute<{ id: string }[]>(
      `update session s set version = s.version + 1, venue = case when r.moved then r.venue else s.venue end, starts_at = r.starts_at,
         topic = coalesce(r.topic, s.topic), seniors = coalesce(r.seniors, s.seniors), volunteers = coalesce(r.volunteers, s.volunteers),
         state = case when coalesce(r.seniors, s.seniors) is null then s.state else 'HELD' end
       from json_to_recordset(?::json) as r ${shape.replace(')', ', moved boolean)')} where s.id = r.id and s.state <> 'CANCELLED'
         and (r.moved or (s.starts_at, s.topic, s.seniors, s.volunteers) is distinct from
           (r.starts_at, coalesce(r.topic, s.topic), coalesce(r.seniors, s.seniors), coalesce(r.volunteers, s.volunteers)))
       returning s.id`,
      [
        JSON.stringify(
          present.map(row => ({
            ...recordOf(row, same.get(row)!.id),
            moved: compared(row)['社区/地点'] !== same.get(row)!.compared['社区/地点'],
          })),
        ),
      ],
    );
    const fresh = part.filter(row => !same.has(row));
    await em.execute(
      `insert into session (id, program_id, division_code, venue, starts_at, topic, seniors, volunteers, state)
       select id, program_id, division_code, venue, starts_at, topic, seniors, volunteers, case when seniors is null then 'PLANNED' else 'HELD' end
       from json_to_recordset(?::json) as r ${shape}`,
      [JSON.stringify(fresh.map(row => recordOf(row, randomUUID())))],
    );
    const isChanged = new Set(changed.map(({ id }) => id));
    for (const row of fresh) row.outcome = ImportOutcome.CREATED;
    for (const row of present) row.outcome = isChanged.has(same.get(row)!.id) ? ImportOutcome.UPDATED : ImportOutcome.UNCHANGED;
  }
}
