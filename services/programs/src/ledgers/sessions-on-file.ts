import { compareKey } from '@hub/kit/compare-key';
import type { Context } from '@hub/kit/context';
import { chunks } from '@hub/kit/imports/chunks';
import type { Compared, OnFile } from '@hub/kit/imports/likely-duplicates';
import type { SessionRow } from './sessions.ts';

interface Found {
  anchor: string;
  id: string;
  venue: string;
  hour: string;
  topic: string | null;
  state: string;
}

/** Classes of the same program, division and day are compared; others never are. */
const anchorOf = ({ values: { programId, division, date } }: SessionRow) => [programId, division, date].join('/');

const comparedOf = (hour: string, venue: string): Compared => ({ 时间: hour, '社区/地点': compareKey(venue) });

export const compared = ({ values: { time, venue } }: SessionRow): Compared => comparedOf(time, venue);

/** Reads what stands on file beside each row: classes of the same program, division and day. One that was cancelled stays cancelled. */
export async function sessionsOnFile({ em }: Context, rows: readonly SessionRow[]): Promise<(row: SessionRow) => OnFile[]> {
  const byAnchor = new Map<string, OnFile[]>(rows.map(row => [anchorOf(row), []]));
  const anchors = new Map(rows.map(row => [anchorOf(row), row.values]));
  for (const part of chunks([...anchors])) {
    const lines = part.map(([anchor, { programId, division, date }]) => ({
      anchor,
      program_id: programId,
      division_code: division,
      // China has one time zone and no summer time.
      since: `${date}T00:00:00+08:00`,
    }));
    const found = await em.execute<Found[]>(
      `select r.anchor, s.id, s.venue, to_char(s.starts_at at time zone 'Asia/Shanghai', 'HH24:MI') as hour, s.topic, s.state
       from json_to_recordset(?::json) as r (anchor text, program_id uuid, division_code text, since timestamptz)
       join session s on s.program_id = r.program_id and s.division_code = r.division_code
         and s.starts_at >= r.since and s.starts_at < r.since + interval '1 day'
       order by s.state = 'CANCELLED' desc, s.id`,
      [JSON.stringify(lines)],
    );
    for (const { anchor, id, venue, hour, topic, state } of found) {
      const text = [anchors.get(anchor)!.date, hour, venue, topic].filter(Boolean).join(' ');
      byAnchor.get(anchor)!.push({ id, text, compared: comparedOf(hour, venue), isVoid: state === 'CANCELLED' });
    }
  }
  return row => byAnchor.get(anchorOf(row))!;
}
