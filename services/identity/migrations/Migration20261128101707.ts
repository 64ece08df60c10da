import { Migration } from '@mikro-orm/migrations';

/** Administrators see which sessions of an account are open, and nothing else of them: records of signing in are nobody's to read. */
export class Migration20261128101707 extends Migration {

  override name = 'Migration20261128101707';

  override up(): void | Promise<void> {
    this.addSql(`create table "sign_in" ("id" uuid not null, "account_id" uuid not null, "at" timestamptz not null, "address" text not null, "browser" text not null, "is_by_second_factor" boolean not null, "session" text not null, primary key ("id"));`);
    this.addSql(`create index "sign_in_account_id_at_index" on "sign_in" ("account_id", "at");`);
    this.addSql(`create function living_sessions(sessions text[]) returns setof text language sql stable security definer set search_path = public as $$
  select uid from oidc_record where model = 'Session' and uid = any (sessions) and expires_at > now()
$$;`);
    this.addSql(`revoke execute on function living_sessions(text[]) from public;`);
    this.addSql(`grant execute on function living_sessions(text[]) to hub_committee, hub_service;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop function living_sessions(text[]);`);
    this.addSql(`drop table "sign_in";`);
  }

}
