import { Migration } from '@mikro-orm/migrations';

/** A reset takes the factors away in the same transaction, and ends what was begun with them, see Migration20261123223319. */
export class Migration20261128083244 extends Migration {

  override name = 'Migration20261128083244';

  override up(): void | Promise<void> {
    this.addSql(`create table "code_app" ("account_id" uuid not null, "sealed" text not null, "last_step" int not null, "created_at" timestamptz not null default clock_timestamp(), primary key ("account_id"));`);

    this.addSql(`create table "passkey" ("id" uuid not null, "account_id" uuid not null, "credential_id" text not null, "public_key" text not null, "counter" bigint not null, "transports" jsonb not null, "created_at" timestamptz not null default clock_timestamp(), "used_at" timestamptz null, primary key ("id"));`);
    this.addSql(`alter table "passkey" add constraint "passkey_credential_id_unique" unique ("credential_id");`);
    this.addSql(`create index "passkey_account_id_index" on "passkey" ("account_id");`);

    this.addSql(`create table "recovery_code" ("account_id" uuid not null, "hash" text not null, "created_at" timestamptz not null default clock_timestamp(), primary key ("account_id", "hash"));`);

    this.addSql(`alter table "account" add "second_factor_since" timestamptz null, add "factors_reset_at" timestamptz null;`);
    this.addSql(`create function forget_factors_of_account() returns trigger language plpgsql security definer set search_path = public as $$
begin
  delete from passkey where account_id = new.id;
  delete from code_app where account_id = new.id;
  delete from recovery_code where account_id = new.id;
  delete from guess where key = 'factor:' || new.id;
  delete from oidc_record where account_id = new.id::text and model in ('Session', 'Grant', 'RefreshToken', 'AuthorizationCode', 'Interaction');
  return null;
end $$;`);
    this.addSql(`create trigger forget_factors after update on account for each row
      when (new.factors_reset_at is distinct from old.factors_reset_at) execute function forget_factors_of_account();`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop trigger forget_factors on account; drop function forget_factors_of_account();`);
    this.addSql(`drop table passkey; drop table code_app; drop table recovery_code;`);
    this.addSql(`alter table "account" drop column "second_factor_since", drop column "factors_reset_at";`);
  }

}
