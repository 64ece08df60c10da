import { compareKey } from '@hub/kit/compare-key';
import type { Context } from '@hub/kit/context';
import { besideRows, type Compared } from '@hub/kit/imports/likely-duplicates';
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

/** Classes of the same program, division and day as each row. One that was cancelled stays cancelled. */
export const sessionsOnFile = ({ em }: Context, rows: readonly SessionRow[]) =>
  besideRows(rows, anchorOf, async part => {
    const anchors = new Map(part);
    const lines = part.map(
      ([
        anchor,
        {
          values: { programId, division, date },
        },
      ]) => ({
        anchor,
        program_id: programId,
        division_code: division,
        // China has one time zone and no summer time.
        since: `${date}T00:00:00+08:00`,
      }),
    );
    const found = await em.execute<Found[]>(
      `select r.anchor, s.id, s.venue, to_char(s.starts_at at time zone 'Asia/Shanghai', 'HH24:MI') as hour, s.topic, s.state
       from json_to_recordset(?::json) as r (anchor text, program_id uuid, division_code text, since timestamptz)
       join session s on s.program_id = r.program_id and s.division_code = r.division_code
         and s.starts_at >= r.since and s.starts_at < r.since + interval '1 day'
       order by s.state = 'CANCELLED' desc, s.id`,
      [JSON.stringify(lines)],
    );
    return found.map(({ anchor, id, venue, hour, topic, state }) => ({
      anchor,
      id,
      text: [anchors.get(anchor)!.values.date, hour, venue, topic].filter(Boolean).join(' '),
      compared: comparedOf(hour, venue),
      isVoid: state === 'CANCELLED',
    }));
  });
