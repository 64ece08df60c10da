import { Migration } from '@mikro-orm/migrations';

export class Migration20261123223318 extends Migration {

  override name = 'Migration20261123223318';

  override up(): void | Promise<void> {
    this.addSql(`create table "account" ("id" uuid not null, "version" int not null default 1, "division_code" text not null, "created_at" timestamptz(3) not null default now(), "login_name" text not null, "display_name" text not null, "email" text null, "must_change_password" boolean not null default true, "password_reset_at" timestamptz null, "suspended_at" timestamptz null, primary key ("id"));`);
    this.addSql(`create index "account_division_code_index" on "account" ("division_code");`);
    this.addSql(`alter table "account" add constraint "account_login_name_unique" unique ("login_name");`);
    this.addSql(`alter table "account" add constraint "account_id_division_code_unique" unique ("id", "division_code");`);

    this.addSql(`create table "client" ("id" uuid not null, "version" int not null default 1, "division_code" text not null, "created_at" timestamptz(3) not null default now(), "client_id" text not null, "name" text not null, "secrets_changed_at" timestamptz null, "suspended_at" timestamptz null, primary key ("id"));`);
    this.addSql(`create index "client_division_code_index" on "client" ("division_code");`);
    this.addSql(`alter table "client" add constraint "client_client_id_unique" unique ("client_id");`);
    this.addSql(`alter table "client" add constraint "client_id_division_code_unique" unique ("id", "division_code");`);

    this.addSql(`create table "client_secret" ("id" uuid not null, "version" int not null default 1, "division_code" text not null, "created_at" timestamptz(3) not null default now(), "client_id" uuid not null, "expires_at" timestamptz null, primary key ("id"));`);
    this.addSql(`create index "client_secret_division_code_index" on "client_secret" ("division_code");`);
    this.addSql(`create index "client_secret_client_id_index" on "client_secret" ("client_id");`);

    this.addSql(`create table "access_grant" ("id" uuid not null, "version" int not null default 1, "division_code" text not null, "created_at" timestamptz(3) not null default now(), "account_id" uuid null, "client_id" uuid null, "role" text not null, "division" text not null, "organisation_id" uuid null, "scopes" text[] not null, "valid_from" timestamptz not null, "valid_to" timestamptz null, "granted_by" text not null, "grant_reason" text not null, "revoked_at" timestamptz null, "revoked_by" text null, "revocation_reason" text null, primary key ("id"));`);
    this.addSql(`create index "access_grant_division_code_index" on "access_grant" ("division_code");`);
    this.addSql(`create index "access_grant_client_id_index" on "access_grant" ("client_id");`);
    this.addSql(`create index "access_grant_account_id_index" on "access_grant" ("account_id");`);

    this.addSql(`create table "guess" ("key" text not null, "count" int not null, "until" timestamptz not null, primary key ("key"));`);

    this.addSql(`create table "oidc_record" ("model" text not null, "id" text not null, "payload" json not null, "uid" text null, "oidc_grant_id" text null, "account_id" text null, "grant_id" uuid null, "consumed_at" timestamptz null, "expires_at" timestamptz not null, primary key ("model", "id"));`);
    this.addSql(`create index "oidc_record_expires_at_index" on "oidc_record" ("expires_at");`);
    this.addSql(`create index "oidc_record_grant_id_index" on "oidc_record" ("grant_id");`);
    this.addSql(`create index "oidc_record_account_id_index" on "oidc_record" ("account_id");`);
    this.addSql(`create index "oidc_record_oidc_grant_id_index" on "oidc_record" ("oidc_grant_id");`);
    this.addSql(`create index "oidc_record_uid_index" on "oidc_record" ("uid");`);

    this.addSql(`create table "password" ("id" uuid not null, "account_id" uuid not null, "hash" text not null, "created_at" timestamptz not null default clock_timestamp(), primary key ("id"));`);
    this.addSql(`create index "password_account_id_created_at_index" on "password" ("account_id", "created_at");`);

    this.addSql(`create table "read_log" ("id" uuid not null, "actor" text not null, "request_id" text not null, "division_code" text not null, "entity" text not null, "ids" jsonb not null, "at" timestamptz not null default now(), primary key ("id"));`);

    this.addSql(`create table "revision" ("seq" bigserial primary key, "xid" xid8 not null default pg_current_xact_id(), "entity" text not null, "entity_id" uuid not null, "version" int not null, "action" text not null, "division_code" text not null, "actor" text not null, "request_id" text not null, "reason" text null, "batch" uuid null, "at" timestamptz not null default clock_timestamp(), "data" jsonb null);`);
    this.addSql(`create index "revision_batch_index" on "revision" ("batch") where batch is not null;`);
    this.addSql(`create index "revision_xid_seq_index" on "revision" ("xid", "seq");`);
    this.addSql(`create index "revision_entity_division_code_index" on "revision" ("entity", "division_code");`);
    this.addSql(`create index "revision_entity_entity_id_seq_index" on "revision" ("entity", "entity_id", "seq");`);

    this.addSql(`create table "secret_hash" ("secret_id" uuid not null, "hash" text not null, primary key ("secret_id"));`);

    this.addSql(`create table "signing_key" ("kid" text not null, "state" text not null, "sealed" text not null, "created_at" timestamptz not null default now(), "current_since" timestamptz null, "retired_at" timestamptz null, primary key ("kid"));`);

    this.addSql(`alter table "client_secret" add constraint "client_secret_client_id_division_code_foreign" foreign key ("client_id", "division_code") references "client" ("id", "division_code") on update cascade on delete no action;`);

    this.addSql(`alter table "access_grant" add constraint "access_grant_account_id_division_code_foreign" foreign key ("account_id", "division_code") references "account" ("id", "division_code") on update cascade on delete no action;`);
    this.addSql(`alter table "access_grant" add constraint "access_grant_client_id_division_code_foreign" foreign key ("client_id", "division_code") references "client" ("id", "division_code") on update cascade on delete no action;`);
    this.addSql(`alter table "access_grant" add constraint "access_grant_check" check ((account_id is null) <> (client_id is null));`);

    this.addSql(`alter table "signing_key" add constraint "signing_key_state_check" check ("state" in ('NEXT', 'CURRENT', 'RETIRED'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "access_grant" drop constraint "access_grant_account_id_division_code_foreign";`);
    this.addSql(`alter table "client_secret" drop constraint "client_secret_client_id_division_code_foreign";`);
    this.addSql(`alter table "access_grant" drop constraint "access_grant_client_id_division_code_foreign";`);

    this.addSql(`drop table if exists "account" cascade;`);
    this.addSql(`drop table if exists "client" cascade;`);
    this.addSql(`drop table if exists "client_secret" cascade;`);
    this.addSql(`drop table if exists "access_grant" cascade;`);
    this.addSql(`drop table if exists "guess" cascade;`);
    this.addSql(`drop table if exists "oidc_record" cascade;`);
    this.addSql(`drop table if exists "password" cascade;`);
    this.addSql(`drop table if exists "read_log" cascade;`);
    this.addSql(`drop table if exists "revision" cascade;`);
    this.addSql(`drop table if exists "secret_hash" cascade;`);
    this.addSql(`drop table if exists "signing_key" cascade;`);
  }

}
