import { Migration } from '@mikro-orm/migrations';

const stands = 'revoked_at is null and (valid_to is null or valid_to > now())';
const reaches = (division: string) => `starts_with(new.division_code, regexp_replace(${division}, '(00)+$', ''))`;
const named = `organisation_id = new.id and ${stands}`;
const holderFollows = (table: string, key: string) => `update ${table} h set division_code = new.division_code, version = version + 1
    where not ${reaches('h.division_code')} and h.id in (select ${key} from access_grant where ${named})
      and not exists (select from access_grant g where g.${key} = h.id and ${stands} and g.organisation_id is distinct from new.id);`;

/**
 * Whoever acts for an organisation follows it (docs/decisions/grants-follow-organisations.md). A trigger, so that neither way by which a
 * copy learns of a move or an end can forget it; it acts on what its owner has confirmed, and doing it again changes nothing.
 */
export class Migration20261128080001 extends Migration {

  override name = 'Migration20261128080001';

  override up(): void | Promise<void> {
    // Security definer: committees neither see nor write the copies. What was first mentioned while it moved is compared again.
    this.addSql(`create function keep_organisation(of uuid, at text) returns void language sql security definer set search_path = public as $$
  insert into organisation (id, division_code) values (of, at) on conflict (id) do update set compared = false
$$;`);
    this.addSql(`revoke execute on function keep_organisation(uuid, text) from public; grant execute on function keep_organisation(uuid, text) to hub_committee;`);
    this.addSql(`create function grants_follow_organisation() returns trigger language plpgsql set search_path = public as $$
begin
  if not new.ended and old.division_code <> '' then
    ${holderFollows('account', 'account_id')}
    ${holderFollows('client', 'client_id')}
    update access_grant set division = new.division_code, version = version + 1
    where ${named} and not ${reaches('division')} and ${reaches('division_code')};
  end if;
  update access_grant set revoked_at = now(), revoked_by = current_setting('hub.actor'), version = version + 1,
    revocation_reason = case when new.ended then '组织已注销或不存在 the organisation is dissolved or not there'
      else '组织在 ' || new.division_code || ' the organisation is at ' || new.division_code end
  where ${named} and (new.ended or not ${reaches('division')});
  return null;
end $$;`);
    this.addSql(`create trigger grants_follow after update on organisation for each row
      when (new.compared) execute function grants_follow_organisation();`);
    // Where the organisations of earlier grants are nobody asked: those that are elsewhere end at the first comparison.
    this.addSql(`insert into organisation (id, division_code) select distinct organisation_id, '' from access_grant where organisation_id is not null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop trigger grants_follow on organisation; drop function grants_follow_organisation(); drop function keep_organisation(uuid, text);`);
  }

}
