import { randomUUID } from 'node:crypto';
import type { Context } from '@hub/kit/context';
import { asWritten } from '@hub/kit/imports/as-written';
import { type CellProblem, wrong } from '@hub/kit/imports/cell-problem';
import { inParts } from '@hub/kit/imports/chunks';
import { ImportOutcome } from '@hub/kit/imports/ledger';
import { sortKey } from '@hub/kit/sort-key';
import { tellTaken } from '@hub/kit/taken-keys';
import type { Line } from './organisations.ts';

/** An organisation on file, and what became of its line. */
interface Found {
  id: string;
  credit_code: string;
  division_code: string;
  status: string;
  outcome: ImportOutcome;
}

const shape = `(id uuid, division_code text, credit_code text, legal_name text, sort_key text, industry text, is_key boolean, registered_on date, address text)`;

const recordOf = ({ values: { division, creditCode, legalName, industry, isKey, registeredOn, address } }: Line) => ({
  id: randomUUID(),
  division_code: division,
  credit_code: creditCode,
  legal_name: legalName,
  sort_key: sortKey(legalName),
  industry,
  is_key: isKey,
  registered_on: registeredOn,
  address,
});
type OrganisationRecord = ReturnType<typeof recordOf>;

/** Enters new organisations and updates those on file; an empty cell leaves what stands. Answers their ids by credit code. */
export async function applyOrganisations(context: Context, rows: Line[], isTrial: boolean): Promise<Map<string, string>> {
  const { em } = context;
  const elsewhere: Line[] = [];
  const ids = new Map<string, string>();
  const ready = (part: Line[]) => {
    const records = part.map(recordOf);
    return { part, records, json: JSON.stringify(records) };
  };
  await inParts(rows, ready, async ({ part, records, json }) => {
    const created = await em.execute<Found[]>(
      `insert into organisation (id, division_code, credit_code, legal_name, sort_key, industry, is_key, registered_on, address)
       select id, division_code, credit_code, legal_name, sort_key, industry, coalesce(is_key, false), registered_on, address from json_to_recordset(?::json) as r ${shape}
       on conflict (credit_code) do nothing returning id, credit_code, division_code, status, '${ImportOutcome.CREATED}' as outcome`,
      [json],
    );
    const byCode = new Map(created.map(found => [found.credit_code, found]));
    const others = records.filter(({ credit_code }) => !byCode.has(credit_code));
    if (others.length) for (const found of await update(em, others)) byCode.set(found.credit_code, found);
    if (isTrial) for (const found of await standIns(em, records, byCode)) byCode.set(found.credit_code, found);
    for (const row of part) {
      const { creditCode, division } = row.values;
      const found = byCode.get(creditCode);
      const refuse = (problem: CellProblem) => row.refuseCell('统一社会信用代码', creditCode, problem, ImportOutcome.CONFLICT);
      if (!found) elsewhere.push(row);
      if (!found) refuse(wrong('NOT_YOURS'));
      else if (found.division_code !== division) refuse(wrong('DIVISION_DIFFERS', { division: found.division_code }));
      else if (found.status === 'DISSOLVED') refuse(wrong('DISSOLVED'));
      else {
        ids.set(creditCode, found.id);
        row.outcome = found.outcome;
      }
    }
  });
  tellTaken(context, elsewhere.length);
  return ids;
}

/**
 * A trial would tell of fifty thousand codes which ones another county has. What nobody in the slice can see is entered under a code of its own,
 * which the trial takes back: all that comes after is as if nobody had it.
 */
async function standIns(em: Context['em'], records: OrganisationRecord[], seen: Map<string, Found>): Promise<Found[]> {
  const unseen = records.filter(({ credit_code }) => !seen.has(credit_code));
  if (unseen.length === 0) return [];
  await em.execute(
    `insert into organisation (id, division_code, credit_code, legal_name, sort_key, industry, is_key, registered_on, address)
     select id, division_code, id::text, legal_name, sort_key, industry, coalesce(is_key, false), registered_on, address from json_to_recordset(?::json) as r ${shape}`,
    [JSON.stringify(unseen)],
  );
  return unseen.map(({ id, credit_code, division_code }) => ({
    id,
    credit_code,
    division_code,
    status: 'ACTIVE',
    outcome: ImportOutcome.CREATED,
  }));
}

interface OnFile extends Omit<Found, 'outcome'> {
  legal_name: string;
  industry: string | null;
  address: string | null;
}

/** Changes what differs from the records of organisations on file; answers all of them that the caller can see. */
async function update(em: Context['em'], records: OrganisationRecord[]): Promise<Found[]> {
  const onFile = await em.execute<OnFile[]>(
    `select id, credit_code, division_code, status, legal_name, industry, address from organisation
     where credit_code in (select jsonb_array_elements_text(?::jsonb))`,
    [JSON.stringify(records.map(({ credit_code }) => credit_code))],
  );
  const byCode = new Map(onFile.map(found => [found.credit_code, found]));
  const kept = records.map(record => {
    const found = byCode.get(record.credit_code);
    const legal_name = asWritten(record.legal_name, found?.legal_name);
    return {
      ...record,
      legal_name,
      sort_key: legal_name === record.legal_name ? record.sort_key : sortKey(legal_name),
      industry: asWritten(record.industry, found?.industry),
      address: asWritten(record.address, found?.address),
    };
  });
  const changed = await em.execute<{ id: string }[]>(
    `update organisation o set version = o.version + 1, legal_name = r.legal_name, sort_key = r.sort_key, industry = coalesce(r.industry, o.industry),
       is_key = coalesce(r.is_key, o.is_key), registered_on = coalesce(r.registered_on, o.registered_on), address = coalesce(r.address, o.address)
     from json_to_recordset(?::json) as r ${shape}
     where o.credit_code = r.credit_code and o.division_code = r.division_code and o.status <> 'DISSOLVED'
       and (o.legal_name, o.industry, o.is_key, o.registered_on, o.address) is distinct from
           (r.legal_name, coalesce(r.industry, o.industry), coalesce(r.is_key, o.is_key), coalesce(r.registered_on, o.registered_on), coalesce(r.address, o.address))
     returning o.id`,
    [JSON.stringify(kept)],
  );
  const isChanged = new Set(changed.map(({ id }) => id));
  return onFile.map(({ id, credit_code, division_code, status }) => ({
    id,
    credit_code,
    division_code,
    status,
    outcome: isChanged.has(id) ? ImportOutcome.UPDATED : ImportOutcome.UNCHANGED,
  }));
}
