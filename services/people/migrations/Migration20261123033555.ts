import { Migration } from '@mikro-orm/migrations';

export class Migration20261123033555 extends Migration {

  override name = 'Migration20261123033555';

  override up(): void | Promise<void> {
    this.addSql(`create table "branch" ("id" uuid not null, "division_code" text not null, primary key ("id"));`);
    this.addSql(`create index "branch_division_code_index" on "branch" ("division_code");`);

    this.addSql(`create table "committee" ("id" uuid not null, "division_code" text not null, primary key ("id"));`);
    this.addSql(`create index "committee_division_code_index" on "committee" ("division_code");`);

    this.addSql(`create table "feed_position" ("feed" text not null, "cursor" text not null, primary key ("feed"));`);

    this.addSql(`create table "idempotency" ("actor" text not null, "key" text not null, "operation" text not null, "answer" jsonb null, "at" timestamptz not null default now(), primary key ("actor", "key"));`);

    this.addSql(`create table "import_batch" ("id" uuid not null, "division_code" text not null, "ledger" text not null, "file_name" text not null, "sha256" text not null, "state" text not null default 'STAGED', "actor" text not null, "row_count" int not null default 0, "header" jsonb null, "counts" jsonb not null, "message" text null, "created_at" timestamptz(3) not null, "applied_at" timestamptz null, primary key ("id"));`);
    this.addSql(`create index "import_batch_division_code_index" on "import_batch" ("division_code");`);
    this.addSql(`create index "import_batch_ledger_sha256_index" on "import_batch" ("ledger", "sha256");`);

    this.addSql(`create table "import_row" ("batch_id" uuid not null, "row" int not null, "division_code" text not null, "cells" jsonb null, "outcome" text null, "code" text null, "column" text null, "value" text null, "message" text null, "suggestion" text null, primary key ("batch_id", "row"));`);

    this.addSql(`create table "organisation" ("id" uuid not null, "division_code" text not null, primary key ("id"));`);
    this.addSql(`create index "organisation_division_code_index" on "organisation" ("division_code");`);
    this.addSql(`alter table "organisation" add constraint "organisation_id_division_code_unique" unique ("id", "division_code");`);

    this.addSql(`create table "person" ("id" uuid not null, "version" int not null default 1, "division_code" text not null, "created_at" timestamptz(3) not null default now(), "name" text not null, "sort_key" text not null, "phone" text null, "identity_hash" text null, "gender" text null, "birth_year" int null, "job_title" text null, "education" text null, "real_name_status" text not null default 'UNVERIFIED', "real_name_method" text null, "verified_on" date null, "is_contact" boolean not null default false, "organisation_id" uuid null, primary key ("id"));`);
    this.addSql(`create index "person_division_code_index" on "person" ("division_code");`);
    this.addSql(`alter table "person" add constraint "person_identity_hash_unique" unique ("identity_hash");`);
    this.addSql(`create index "person_organisation_id_index" on "person" ("organisation_id");`);
    this.addSql(`create unique index "person_contact" on "person" ("organisation_id") where is_contact;`);
    this.addSql(`alter table "person" add constraint "person_id_division_code_unique" unique ("id", "division_code");`);

    this.addSql(`create table "branch_membership" ("id" uuid not null, "version" int not null default 1, "division_code" text not null, "created_at" timestamptz(3) not null default now(), "person_id" uuid not null, "branch_id" uuid not null, "status" text not null, "joined_on" date not null, "transferred_from_id" uuid null, "left_on" date null, "leave_reason" text null, primary key ("id"));`);
    this.addSql(`create index "branch_membership_division_code_index" on "branch_membership" ("division_code");`);
    this.addSql(`create index "branch_membership_person_id_index" on "branch_membership" ("person_id");`);
    this.addSql(`create index "branch_membership_branch_id_index" on "branch_membership" ("branch_id");`);
    this.addSql(`create unique index "branch_membership_living" on "branch_membership" ("person_id") where left_on is null;`);

    this.addSql(`create table "post" ("id" uuid not null, "version" int not null default 1, "division_code" text not null, "created_at" timestamptz(3) not null default now(), "person_id" uuid not null, "committee_id" uuid null, "branch_id" uuid null, "organisation_id" uuid null, "title" text not null, "kind" text not null default 'OTHER', "lead" text null, "started_on" date null, "ended_on" date null, primary key ("id"));`);
    this.addSql(`create index "post_division_code_index" on "post" ("division_code");`);
    this.addSql(`create index "post_person_id_index" on "post" ("person_id");`);
    this.addSql(`create index "post_committee_id_index" on "post" ("committee_id");`);
    this.addSql(`create index "post_branch_id_index" on "post" ("branch_id");`);
    this.addSql(`create index "post_organisation_id_index" on "post" ("organisation_id");`);
    this.addSql(`create unique index "post_branch_secretary" on "post" ("branch_id") where kind = 'SECRETARY' and ended_on is null;`);

    this.addSql(`create table "read_log" ("id" uuid not null, "actor" text not null, "request_id" text not null, "division_code" text not null, "entity" text not null, "ids" jsonb not null, "at" timestamptz not null default now(), primary key ("id"));`);

    this.addSql(`create table "revision" ("seq" bigserial primary key, "xid" xid8 not null default pg_current_xact_id(), "entity" text not null, "entity_id" uuid not null, "version" int not null, "action" text not null, "division_code" text not null, "actor" text not null, "request_id" text not null, "reason" text null, "batch" uuid null, "at" timestamptz not null default clock_timestamp(), "data" jsonb null);`);
    this.addSql(`create index "revision_batch_index" on "revision" ("batch") where batch is not null;`);
    this.addSql(`create index "revision_xid_seq_index" on "revision" ("xid", "seq");`);
    this.addSql(`create index "revision_entity_division_code_index" on "revision" ("entity", "division_code");`);
    this.addSql(`create index "revision_entity_entity_id_seq_index" on "revision" ("entity", "entity_id", "seq");`);

    this.addSql(`alter table "import_batch" add constraint "import_batch_state_check" check ("state" in ('STAGED', 'READY', 'APPLIED', 'FAILED', 'REVERTED'));`);

    this.addSql(`alter table "person" add constraint "person_organisation_id_division_code_foreign" foreign key ("organisation_id", "division_code") references "organisation" ("id", "division_code") on update cascade on delete no action;`);
    this.addSql(`alter table "person" add constraint "person_gender_check" check ("gender" in ('MALE', 'FEMALE'));`);
    this.addSql(`alter table "person" add constraint "person_real_name_status_check" check ("real_name_status" in ('UNVERIFIED', 'VERIFIED', 'FAILED'));`);

    this.addSql(`alter table "branch_membership" add constraint "branch_membership_person_id_division_code_foreign" foreign key ("person_id", "division_code") references "person" ("id", "division_code") on update cascade on delete no action;`);
    this.addSql(`alter table "branch_membership" add constraint "branch_membership_branch_id_foreign" foreign key ("branch_id") references "branch" ("id");`);
    this.addSql(`alter table "branch_membership" add constraint "branch_membership_transferred_from_id_foreign" foreign key ("transferred_from_id") references "branch" ("id") on delete set null;`);
    this.addSql(`alter table "branch_membership" add constraint "branch_membership_status_check" check ("status" in ('PROBATIONARY', 'FULL'));`);

    this.addSql(`alter table "post" add constraint "post_person_id_division_code_foreign" foreign key ("person_id", "division_code") references "person" ("id", "division_code") on update cascade on delete no action;`);
    this.addSql(`alter table "post" add constraint "post_committee_id_foreign" foreign key ("committee_id") references "committee" ("id") on delete set null;`);
    this.addSql(`alter table "post" add constraint "post_branch_id_foreign" foreign key ("branch_id") references "branch" ("id") on delete set null;`);
    this.addSql(`alter table "post" add constraint "post_organisation_id_foreign" foreign key ("organisation_id") references "organisation" ("id") on delete set null;`);
    this.addSql(`alter table "post" add constraint "post_lead_of_committee" check (lead is null or committee_id is not null);`);
    this.addSql(`alter table "post" add constraint "post_of_one" check (num_nonnulls(committee_id, branch_id, organisation_id) = 1);`);
    this.addSql(`alter table "post" add constraint "post_kind_check" check ("kind" in ('SECRETARY', 'DEPUTY_SECRETARY', 'MEMBER', 'OTHER'));`);
    this.addSql(`alter table "post" add constraint "post_lead_check" check ("lead" in ('PRINCIPAL', 'DEDICATED', 'WORKING'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "branch_membership" drop constraint "branch_membership_branch_id_foreign";`);
    this.addSql(`alter table "branch_membership" drop constraint "branch_membership_transferred_from_id_foreign";`);
    this.addSql(`alter table "post" drop constraint "post_branch_id_foreign";`);
    this.addSql(`alter table "post" drop constraint "post_committee_id_foreign";`);
    this.addSql(`alter table "person" drop constraint "person_organisation_id_division_code_foreign";`);
    this.addSql(`alter table "post" drop constraint "post_organisation_id_foreign";`);
    this.addSql(`alter table "branch_membership" drop constraint "branch_membership_person_id_division_code_foreign";`);
    this.addSql(`alter table "post" drop constraint "post_person_id_division_code_foreign";`);

    this.addSql(`drop table if exists "branch" cascade;`);
    this.addSql(`drop table if exists "committee" cascade;`);
    this.addSql(`drop table if exists "feed_position" cascade;`);
    this.addSql(`drop table if exists "idempotency" cascade;`);
    this.addSql(`drop table if exists "import_batch" cascade;`);
    this.addSql(`drop table if exists "import_row" cascade;`);
    this.addSql(`drop table if exists "organisation" cascade;`);
    this.addSql(`drop table if exists "person" cascade;`);
    this.addSql(`drop table if exists "branch_membership" cascade;`);
    this.addSql(`drop table if exists "post" cascade;`);
    this.addSql(`drop table if exists "read_log" cascade;`);
    this.addSql(`drop table if exists "revision" cascade;`);
  }

}
