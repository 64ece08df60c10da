import { randomUUID } from 'node:crypto';
import { compareKey } from '@hub/kit/compare-key';
import type { Context } from '@hub/kit/context';
import { wrong } from '@hub/kit/imports/cell-problem';
import { chunks, groupBy } from '@hub/kit/imports/chunks';
import { ImportOutcome } from '@hub/kit/imports/ledger';
import { sortKey } from '@hub/kit/sort-key';
import { tellTaken } from '@hub/kit/taken-keys';
import type { Line } from './content.ts';

const keyOf = (platform: string, handle: string) => JSON.stringify([compareKey(platform), compareKey(handle)]);

/** Finds or enters the accounts the rows name; an account of somebody else is refused, in a trial only where the caller can see that it is. */
export async function applyAccounts(context: Context, rows: Line[], isTrial: boolean): Promise<void> {
  const { em } = context;
  const elsewhere = new Set<Line>();
  const byAccount = groupBy(rows, ({ values }) => keyOf(values.platform, values.account));
  for (const part of chunks([...byAccount.values()])) {
    const lines = part.map(([first]) => {
      const { platform, account, organisationId, divisionCode } = first!.values;
      return {
        id: randomUUID(),
        platform,
        handle: account,
        sort_key: sortKey(account),
        handle_key: compareKey(account),
        organisation_id: organisationId,
        division_code: divisionCode,
      };
    });
    const found = new Map<string, Account>();
    const note = (account: Account) => found.set(keyOf(account.platform, account.handle), account);
    const standing = await em.execute<Account[]>(
      `select id, platform, handle, organisation_id from media_account
       where handle_key in (select jsonb_array_elements_text(?::jsonb)) order by created_at desc, id`,
      [JSON.stringify(lines.map(({ handle_key }) => handle_key))],
    );
    for (const account of standing) note(account);
    const entered = await em.execute<Account[]>(
      `insert into media_account (id, platform, handle, sort_key, handle_key, organisation_id, division_code)
       select id, platform, handle, sort_key, handle_key, organisation_id, division_code
       from json_to_recordset(?::json) as r (id uuid, platform text, handle text, sort_key text, handle_key text, organisation_id uuid, division_code text)
       on conflict (platform, handle) do nothing returning id, platform, handle, organisation_id`,
      [JSON.stringify(lines.filter(({ platform, handle }) => !found.has(keyOf(platform, handle))))],
    );
    for (const account of entered) note(account);
    if (isTrial)
      for (const account of await standIns(em, part, found)) found.set(keyOf(account.platform, account.handle), account);
    for (const row of part.flat()) {
      const { platform, account, organisationId } = row.values;
      const known = found.get(keyOf(platform, account));
      if (!known) elsewhere.add(row);
      if (known && known.organisation_id === organisationId) row.values.accountId = known.id;
      else row.refuseCell('账号', account, wrong('ACCOUNT_ELSEWHERE', { value: account }), ImportOutcome.CONFLICT);
    }
  }
  tellTaken(context, elsewhere.size);
}

interface Account {
  id: string;
  platform: string;
  handle: string;
  organisation_id: string | null;
}

/** Accounts that nobody in the slice can see are entered under a name of their own, which the trial takes back: as if nobody had them. */
async function standIns(em: Context['em'], groups: Line[][], seen: Map<string, Account>): Promise<Account[]> {
  const unseen = groups.flatMap(([first]) => {
    const { platform, account, organisationId, divisionCode } = first!.values;
    if (seen.has(keyOf(platform, account))) return [];
    return { id: randomUUID(), platform, handle: account, organisation_id: organisationId!, division_code: divisionCode };
  });
  if (unseen.length === 0) return [];
  await em.execute(
    `insert into media_account (id, platform, handle, sort_key, organisation_id, division_code)
     select id, platform, id::text, '', organisation_id, division_code
     from json_to_recordset(?::json) as r (id uuid, platform text, organisation_id uuid, division_code text)`,
    [JSON.stringify(unseen)],
  );
  return unseen;
}
