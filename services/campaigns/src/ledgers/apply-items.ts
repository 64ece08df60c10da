import { randomUUID } from 'node:crypto';
import { compareKey } from '@hub/kit/compare-key';
import type { Context } from '@hub/kit/context';
import { asWritten } from '@hub/kit/imports/as-written';
import { chunks } from '@hub/kit/imports/chunks';
import { ImportOutcome } from '@hub/kit/imports/ledger';
import { sortKey } from '@hub/kit/sort-key';
import type { Line } from './content.ts';

const shape =
  '(id uuid, account_id uuid, organisation_id uuid, division_code text, kind text, title text, sort_key text, published_on date, theme text)';
const sameDay = 'i.account_id = r.account_id and i.published_on = r.published_on';

/** Enters items; one of the same account, day and title is on file and only takes a changed kind or theme. */
export async function applyItems({ em }: Context, rows: Line[]): Promise<void> {
  for (const part of chunks(rows)) {
    const lines = part.map(({ values: { accountId, organisationId, divisionCode, kind, title, publishedOn, theme } }) => ({
      id: randomUUID(),
      account_id: accountId,
      organisation_id: organisationId,
      division_code: divisionCode,
      kind,
      title,
      sort_key: sortKey(title),
      published_on: publishedOn,
      theme,
    }));
    const onFile = await em.execute<{ given: string; id: string; title: string; theme: string | null }[]>(
      `select r.id as given, i.id, i.title, i.theme from json_to_recordset(?::json) as r ${shape} join content_item i on ${sameDay} order by i.created_at desc, i.id`,
      [JSON.stringify(lines)],
    );
    const keyOf = new Map<string, string>(lines.map(({ id, title }) => [id, compareKey(title)]));
    const same = onFile.filter(({ given, title }) => keyOf.get(given) === compareKey(title));
    const known = new Map(same.map(({ given, id }) => [given, id]));
    const themes = new Map(same.map(({ given, theme: its }) => [given, its]));
    await em.execute(
      `insert into content_item (id, account_id, organisation_id, division_code, kind, title, sort_key, published_on, theme)
       select id, account_id, organisation_id, division_code, kind, title, sort_key, published_on, theme from json_to_recordset(?::json) as r ${shape}`,
      [JSON.stringify(lines.filter(({ id }) => !known.has(id)))],
    );
    const changed = await em.execute<{ id: string }[]>(
      `update content_item i set version = i.version + 1, kind = r.kind, theme = coalesce(r.theme, i.theme) from json_to_recordset(?::json) as r ${shape}
       where i.id = r.id and (i.kind, i.theme) is distinct from (r.kind, coalesce(r.theme, i.theme)) returning i.id`,
      [
        JSON.stringify(
          lines
            .filter(({ id }) => known.has(id))
            .map(line => ({ ...line, id: known.get(line.id)!, theme: asWritten(line.theme, themes.get(line.id)) })),
        ),
      ],
    );
    const isChanged = new Set(changed.map(({ id }) => id));
    for (const [i, row] of part.entries()) {
      const given = lines[i]!.id;
      const id = known.get(given) ?? given;
      row.values.itemId = id;
      row.outcome = !known.has(given)
        ? ImportOutcome.CREATED
        : isChanged.has(id)
          ? ImportOutcome.UPDATED
          : ImportOutcome.UNCHANGED;
    }
  }
}
