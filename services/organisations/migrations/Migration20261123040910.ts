import { Migration } from '@mikro-orm/migrations';

export class Migration20261123040910 extends Migration {

  override name = 'Migration20261123040910';

  override up(): void | Promise<void> {
    this.addSql(`create table "branch" ("id" uuid not null, "version" int not null default 1, "division_code" text not null, "created_at" timestamptz(3) not null default now(), "name" text not null, "sort_key" text not null, "kind" text not null, "established_on" date null, "dissolved_on" date null, primary key ("id"));`);
    this.addSql(`create index "branch_division_code_index" on "branch" ("division_code");`);
    this.addSql(`create index "branch_division_code_name_index" on "branch" ("division_code", "name");`);

    this.addSql(`create table "committee" ("id" uuid not null, "version" int not null default 1, "division_code" text not null, "created_at" timestamptz(3) not null default now(), "name" text not null, "publishes_downward" boolean not null default false, primary key ("id"));`);
    this.addSql(`create index "committee_division_code_index" on "committee" ("division_code");`);
    this.addSql(`alter table "committee" add constraint "committee_division_code_unique" unique ("division_code");`);

    this.addSql(`create table "division" ("code" text not null, "scheme" text not null, "name" text not null, "level" text not null, "parent_code" text null, "former_codes" text[] not null default '{}', primary key ("code"));`);
    this.addSql(`create index "division_parent_code_index" on "division" ("parent_code");`);

    this.addSql(`create table "feed_position" ("feed" text not null, "cursor" text not null, primary key ("feed"));`);

    this.addSql(`create table "idempotency" ("actor" text not null, "key" text not null, "operation" text not null, "answer" jsonb null, "at" timestamptz not null default now(), primary key ("actor", "key"));`);

    this.addSql(`create table "import_batch" ("id" uuid not null, "division_code" text not null, "ledger" text not null, "file_name" text not null, "sha256" text not null, "state" text not null default 'STAGED', "actor" text not null, "row_count" int not null default 0, "header" jsonb null, "counts" jsonb not null, "message" text null, "created_at" timestamptz(3) not null, "applied_at" timestamptz null, primary key ("id"));`);
    this.addSql(`create index "import_batch_division_code_index" on "import_batch" ("division_code");`);
    this.addSql(`create index "import_batch_ledger_sha256_index" on "import_batch" ("ledger", "sha256");`);

    this.addSql(`create table "import_row" ("batch_id" uuid not null, "row" int not null, "division_code" text not null, "cells" jsonb null, "outcome" text null, "code" text null, "column" text null, "value" text null, "message" text null, "suggestion" text null, primary key ("batch_id", "row"));`);

    this.addSql(`create table "organisation" ("id" uuid not null, "version" int not null default 1, "division_code" text not null, "created_at" timestamptz(3) not null default now(), "credit_code" text not null, "legal_name" text not null, "short_name" text null, "sort_key" text not null, "kind" text not null default 'ENTERPRISE', "industry" text null, "status" text not null default 'ACTIVE', "is_key" boolean not null default false, "registered_on" date null, "dissolved_on" date null, "address" text null, "website" text null, "membership_tier" text null, "member_since" date null, "member_until" date null, "assured_on" date null, primary key ("id"));`);
    this.addSql(`create index "organisation_division_code_index" on "organisation" ("division_code");`);
    this.addSql(`alter table "organisation" add constraint "organisation_credit_code_unique" unique ("credit_code");`);
    this.addSql(`create index "organisation_division_code_sort_key_id_index" on "organisation" ("division_code", "sort_key", "id");`);
    this.addSql(`alter table "organisation" add constraint "organisation_id_division_code_unique" unique ("id", "division_code");`);

    this.addSql(`create table "figure" ("id" uuid not null, "version" int not null default 1, "division_code" text not null, "created_at" timestamptz(3) not null default now(), "organisation_id" uuid not null, "indicator" text not null, "period" text not null, "period_end" date not null, "value" double precision not null, "status" text not null default 'REPORTED', "source" text null, primary key ("id"));`);
    this.addSql(`create index "figure_division_code_index" on "figure" ("division_code");`);
    this.addSql(`create index "figure_organisation_id_index" on "figure" ("organisation_id");`);
    this.addSql(`alter table "figure" add constraint "figure_organisation_id_indicator_period_unique" unique ("organisation_id", "indicator", "period");`);

    this.addSql(`create table "branch_organisation" ("id" uuid not null, "version" int not null default 1, "division_code" text not null, "created_at" timestamptz(3) not null default now(), "organisation_id" uuid not null, "branch_id" uuid not null, "left_on" date null, primary key ("id"));`);
    this.addSql(`create index "branch_organisation_division_code_index" on "branch_organisation" ("division_code");`);
    this.addSql(`create index "branch_organisation_organisation_id_index" on "branch_organisation" ("organisation_id");`);
    this.addSql(`create index "branch_organisation_branch_id_index" on "branch_organisation" ("branch_id");`);
    this.addSql(`alter table "branch_organisation" add constraint "branch_organisation_branch_id_organisation_id_unique" unique ("branch_id", "organisation_id");`);

    this.addSql(`create table "read_log" ("id" uuid not null, "actor" text not null, "request_id" text not null, "division_code" text not null, "entity" text not null, "ids" jsonb not null, "at" timestamptz not null default now(), primary key ("id"));`);

    this.addSql(`create table "revision" ("seq" bigserial primary key, "xid" xid8 not null default pg_current_xact_id(), "entity" text not null, "entity_id" uuid not null, "version" int not null, "action" text not null, "division_code" text not null, "actor" text not null, "request_id" text not null, "reason" text null, "batch" uuid null, "at" timestamptz not null default clock_timestamp(), "data" jsonb null);`);
    this.addSql(`create index "revision_batch_index" on "revision" ("batch") where batch is not null;`);
    this.addSql(`create index "revision_xid_seq_index" on "revision" ("xid", "seq");`);
    this.addSql(`create index "revision_entity_division_code_index" on "revision" ("entity", "division_code");`);
    this.addSql(`create index "revision_entity_entity_id_seq_index" on "revision" ("entity", "entity_id", "seq");`);

    this.addSql(`alter table "branch" add constraint "branch_kind_check" check ("kind" in ('SOLO', 'JOINT'));`);

    this.addSql(`alter table "division" add constraint "division_scheme_check" check ("scheme" in ('GB_T_2260', 'STATISTICAL', 'LOCAL'));`);
    this.addSql(`alter table "division" add constraint "division_level_check" check ("level" in ('PROVINCE', 'CITY', 'COUNTY', 'STREET'));`);

    this.addSql(`alter table "import_batch" add constraint "import_batch_state_check" check ("state" in ('STAGED', 'READY', 'APPLIED', 'FAILED', 'REVERTED'));`);

    this.addSql(`alter table "organisation" add constraint "organisation_kind_check" check ("kind" in ('ENTERPRISE', 'SOCIAL_ORGANISATION', 'CHARITY', 'OTHER'));`);
    this.addSql(`alter table "organisation" add constraint "organisation_status_check" check ("status" in ('ACTIVE', 'SUSPENDED', 'DISSOLVED'));`);

    this.addSql(`alter table "figure" add constraint "figure_organisation_id_division_code_foreign" foreign key ("organisation_id", "division_code") references "organisation" ("id", "division_code") on update cascade on delete no action;`);
    this.addSql(`alter table "figure" add constraint "figure_indicator_check" check ("indicator" in ('EMPLOYEES', 'OUTPUT_VALUE', 'REPORTED_MEMBERS'));`);
    this.addSql(`alter table "figure" add constraint "figure_status_check" check ("status" in ('REPORTED', 'VERIFIED'));`);

    this.addSql(`alter table "branch_organisation" add constraint "branch_organisation_organisation_id_division_code_foreign" foreign key ("organisation_id", "division_code") references "organisation" ("id", "division_code") on update cascade on delete no action;`);
    this.addSql(`alter table "branch_organisation" add constraint "branch_organisation_branch_id_foreign" foreign key ("branch_id") references "branch" ("id");`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "branch_organisation" drop constraint "branch_organisation_branch_id_foreign";`);
    this.addSql(`alter table "figure" drop constraint "figure_organisation_id_division_code_foreign";`);
    this.addSql(`alter table "branch_organisation" drop constraint "branch_organisation_organisation_id_division_code_foreign";`);

    this.addSql(`drop table if exists "branch" cascade;`);
    this.addSql(`drop table if exists "committee" cascade;`);
    this.addSql(`drop table if exists "division" cascade;`);
    this.addSql(`drop table if exists "feed_position" cascade;`);
    this.addSql(`drop table if exists "idempotency" cascade;`);
    this.addSql(`drop table if exists "import_batch" cascade;`);
    this.addSql(`drop table if exists "import_row" cascade;`);
    this.addSql(`drop table if exists "organisation" cascade;`);
    this.addSql(`drop table if exists "figure" cascade;`);
    this.addSql(`drop table if exists "branch_organisation" cascade;`);
    this.addSql(`drop table if exists "read_log" cascade;`);
    this.addSql(`drop table if exists "revision" cascade;`);
  }

}
