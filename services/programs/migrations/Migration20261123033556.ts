import { Migration } from '@mikro-orm/migrations';

export class Migration20261123033556 extends Migration {

  override name = 'Migration20261123033556';

  override up(): void | Promise<void> {
    this.addSql(`create table "committee" ("id" uuid not null, "division_code" text not null, primary key ("id"));`);
    this.addSql(`create index "committee_division_code_index" on "committee" ("division_code");`);
    this.addSql(`alter table "committee" add constraint "committee_id_division_code_unique" unique ("id", "division_code");`);

    this.addSql(`create table "feed_position" ("feed" text not null, "cursor" text not null, primary key ("feed"));`);

    this.addSql(`create table "idempotency" ("actor" text not null, "key" text not null, "operation" text not null, "answer" jsonb null, "at" timestamptz not null default now(), primary key ("actor", "key"));`);

    this.addSql(`create table "import_batch" ("id" uuid not null, "division_code" text not null, "ledger" text not null, "file_name" text not null, "sha256" text not null, "state" text not null default 'STAGED', "actor" text not null, "row_count" int not null default 0, "header" jsonb null, "counts" jsonb not null, "message" text null, "created_at" timestamptz(3) not null, "applied_at" timestamptz null, primary key ("id"));`);
    this.addSql(`create index "import_batch_division_code_index" on "import_batch" ("division_code");`);
    this.addSql(`create index "import_batch_ledger_sha256_index" on "import_batch" ("ledger", "sha256");`);

    this.addSql(`create table "import_row" ("batch_id" uuid not null, "row" int not null, "division_code" text not null, "cells" jsonb null, "outcome" text null, "code" text null, "column" text null, "value" text null, "message" text null, "suggestion" text null, primary key ("batch_id", "row"));`);

    this.addSql(`create table "organisation" ("id" uuid not null, "division_code" text not null, primary key ("id"));`);
    this.addSql(`create index "organisation_division_code_index" on "organisation" ("division_code");`);
    this.addSql(`alter table "organisation" add constraint "organisation_id_division_code_unique" unique ("id", "division_code");`);

    this.addSql(`create table "person" ("id" uuid not null, "division_code" text not null, primary key ("id"));`);
    this.addSql(`create index "person_division_code_index" on "person" ("division_code");`);
    this.addSql(`alter table "person" add constraint "person_id_division_code_unique" unique ("id", "division_code");`);

    this.addSql(`create table "program" ("id" uuid not null, "version" int not null default 1, "division_code" text not null, "created_at" timestamptz(3) not null default now(), "name" text not null, "sort_key" text not null, "summary" text null, "target_group" text null, "state" text not null default 'PLANNED', "starts_on" date not null, "ends_on" date null, "published_downward" boolean not null default false, "lead_organisation_id" uuid null, "lead_committee_id" uuid null, primary key ("id"));`);
    this.addSql(`create index "program_division_code_index" on "program" ("division_code");`);
    this.addSql(`create index "program_lead_organisation_id_index" on "program" ("lead_organisation_id");`);
    this.addSql(`create index "program_lead_committee_id_index" on "program" ("lead_committee_id");`);
    this.addSql(`create index "program_division_code_sort_key_id_index" on "program" ("division_code", "sort_key", "id");`);
    this.addSql(`alter table "program" add constraint "program_id_division_code_unique" unique ("id", "division_code");`);

    this.addSql(`create table "lesson" ("id" uuid not null, "version" int not null default 1, "division_code" text not null, "created_at" timestamptz(3) not null default now(), "program_id" uuid not null, "topic" text not null, "title" text not null, "url" text null, "seconds" int null, "published_on" date null, primary key ("id"));`);
    this.addSql(`create index "lesson_division_code_index" on "lesson" ("division_code");`);
    this.addSql(`create index "lesson_program_id_index" on "lesson" ("program_id");`);

    this.addSql(`create table "donation" ("id" uuid not null, "version" int not null default 1, "division_code" text not null, "created_at" timestamptz(3) not null default now(), "donor_organisation_id" uuid null, "donor_person_id" uuid null, "program_id" uuid null, "recipient" text not null, "purpose" text null, "kind" text not null, "amount" numeric(16,2) null, "items" jsonb not null, "valuation_amount" numeric(16,2) null, "valuation_method" text null, "donated_on" date not null, "receipt_no" text null, "receipt_division" text null, "publish_name" boolean not null default false, "reversed" boolean not null default false, "reversal_of_id" uuid null, "reversal_reason" text null, primary key ("id"));`);
    this.addSql(`create index "donation_division_code_index" on "donation" ("division_code");`);
    this.addSql(`create index "donation_donor_organisation_id_index" on "donation" ("donor_organisation_id");`);
    this.addSql(`create index "donation_donor_person_id_index" on "donation" ("donor_person_id");`);
    this.addSql(`create index "donation_program_id_index" on "donation" ("program_id");`);
    this.addSql(`alter table "donation" add constraint "donation_reversal_of_id_unique" unique ("reversal_of_id");`);
    this.addSql(`create index "donation_division_code_donated_on_id_index" on "donation" ("division_code", "donated_on", "id");`);
    this.addSql(`alter table "donation" add constraint "donation_receipt_division_receipt_no_unique" unique ("receipt_division", "receipt_no");`);

    this.addSql(`create table "program_partner" ("id" uuid not null, "version" int not null default 1, "division_code" text not null, "created_at" timestamptz(3) not null default now(), "program_id" uuid not null, "organisation_id" uuid not null, "left_on" date null, primary key ("id"));`);
    this.addSql(`create index "program_partner_division_code_index" on "program_partner" ("division_code");`);
    this.addSql(`create index "program_partner_organisation_id_index" on "program_partner" ("organisation_id");`);
    this.addSql(`alter table "program_partner" add constraint "program_partner_program_id_organisation_id_unique" unique ("program_id", "organisation_id");`);

    this.addSql(`create table "read_log" ("id" uuid not null, "actor" text not null, "request_id" text not null, "division_code" text not null, "entity" text not null, "ids" jsonb not null, "at" timestamptz not null default now(), primary key ("id"));`);

    this.addSql(`create table "revision" ("seq" bigserial primary key, "xid" xid8 not null default pg_current_xact_id(), "entity" text not null, "entity_id" uuid not null, "version" int not null, "action" text not null, "division_code" text not null, "actor" text not null, "request_id" text not null, "reason" text null, "batch" uuid null, "at" timestamptz not null default clock_timestamp(), "data" jsonb null);`);
    this.addSql(`create index "revision_batch_index" on "revision" ("batch") where batch is not null;`);
    this.addSql(`create index "revision_xid_seq_index" on "revision" ("xid", "seq");`);
    this.addSql(`create index "revision_entity_division_code_index" on "revision" ("entity", "division_code");`);
    this.addSql(`create index "revision_entity_entity_id_seq_index" on "revision" ("entity", "entity_id", "seq");`);

    this.addSql(`create table "session" ("id" uuid not null, "version" int not null default 1, "division_code" text not null, "created_at" timestamptz(3) not null default now(), "program_id" uuid not null, "venue" text not null, "starts_at" timestamptz not null, "ends_at" timestamptz null, "capacity" int null, "topic" text null, "state" text not null default 'PLANNED', "seniors" int null, "volunteers" int null, "cancel_reason" text null, primary key ("id"));`);
    this.addSql(`create index "session_division_code_index" on "session" ("division_code");`);
    this.addSql(`create index "session_program_id_starts_at_id_index" on "session" ("program_id", "starts_at", "id");`);
    this.addSql(`create index "session_division_code_starts_at_id_index" on "session" ("division_code", "starts_at", "id");`);

    this.addSql(`alter table "import_batch" add constraint "import_batch_state_check" check ("state" in ('STAGED', 'READY', 'APPLIED', 'FAILED', 'REVERTED'));`);

    this.addSql(`alter table "program" add constraint "program_lead_organisation_id_division_code_foreign" foreign key ("lead_organisation_id", "division_code") references "organisation" ("id", "division_code") on update cascade on delete no action;`);
    this.addSql(`alter table "program" add constraint "program_lead_committee_id_division_code_foreign" foreign key ("lead_committee_id", "division_code") references "committee" ("id", "division_code") on update cascade on delete no action;`);
    this.addSql(`alter table "program" add constraint "program_one_lead" check (num_nonnulls(lead_organisation_id, lead_committee_id) = 1);`);
    this.addSql(`alter table "program" add constraint "program_state_check" check ("state" in ('PLANNED', 'ACTIVE', 'ENDED'));`);

    this.addSql(`alter table "lesson" add constraint "lesson_program_id_division_code_foreign" foreign key ("program_id", "division_code") references "program" ("id", "division_code") on update cascade on delete no action;`);
    this.addSql(`alter table "lesson" add constraint "lesson_topic_check" check ("topic" in ('SCAN_CODE', 'PAYMENT', 'MAPS', 'OTHER'));`);

    this.addSql(`alter table "donation" add constraint "donation_donor_organisation_id_division_code_foreign" foreign key ("donor_organisation_id", "division_code") references "organisation" ("id", "division_code") on update cascade on delete no action;`);
    this.addSql(`alter table "donation" add constraint "donation_donor_person_id_division_code_foreign" foreign key ("donor_person_id", "division_code") references "person" ("id", "division_code") on update cascade on delete no action;`);
    this.addSql(`alter table "donation" add constraint "donation_program_id_foreign" foreign key ("program_id") references "program" ("id") on delete no action;`);
    this.addSql(`alter table "donation" add constraint "donation_reversal_of_id_foreign" foreign key ("reversal_of_id") references "donation" ("id") on delete no action;`);
    this.addSql(`alter table "donation" add constraint "donation_one_donor" check (num_nonnulls(donor_organisation_id, donor_person_id) <= 1);`);
    this.addSql(`alter table "donation" add constraint "donation_kind_check" check ("kind" in ('MONEY', 'GOODS', 'SERVICE'));`);

    this.addSql(`alter table "program_partner" add constraint "program_partner_program_id_division_code_foreign" foreign key ("program_id", "division_code") references "program" ("id", "division_code") on update cascade on delete no action;`);
    this.addSql(`alter table "program_partner" add constraint "program_partner_organisation_id_foreign" foreign key ("organisation_id") references "organisation" ("id");`);

    this.addSql(`alter table "session" add constraint "session_program_id_foreign" foreign key ("program_id") references "program" ("id");`);
    this.addSql(`alter table "session" add constraint "session_state_check" check ("state" in ('PLANNED', 'HELD', 'CANCELLED'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "program" drop constraint "program_lead_committee_id_division_code_foreign";`);
    this.addSql(`alter table "program" drop constraint "program_lead_organisation_id_division_code_foreign";`);
    this.addSql(`alter table "donation" drop constraint "donation_donor_organisation_id_division_code_foreign";`);
    this.addSql(`alter table "program_partner" drop constraint "program_partner_organisation_id_foreign";`);
    this.addSql(`alter table "donation" drop constraint "donation_donor_person_id_division_code_foreign";`);
    this.addSql(`alter table "lesson" drop constraint "lesson_program_id_division_code_foreign";`);
    this.addSql(`alter table "donation" drop constraint "donation_program_id_foreign";`);
    this.addSql(`alter table "program_partner" drop constraint "program_partner_program_id_division_code_foreign";`);
    this.addSql(`alter table "session" drop constraint "session_program_id_foreign";`);
    this.addSql(`alter table "donation" drop constraint "donation_reversal_of_id_foreign";`);

    this.addSql(`drop table if exists "committee" cascade;`);
    this.addSql(`drop table if exists "feed_position" cascade;`);
    this.addSql(`drop table if exists "idempotency" cascade;`);
    this.addSql(`drop table if exists "import_batch" cascade;`);
    this.addSql(`drop table if exists "import_row" cascade;`);
    this.addSql(`drop table if exists "organisation" cascade;`);
    this.addSql(`drop table if exists "person" cascade;`);
    this.addSql(`drop table if exists "program" cascade;`);
    this.addSql(`drop table if exists "lesson" cascade;`);
    this.addSql(`drop table if exists "donation" cascade;`);
    this.addSql(`drop table if exists "program_partner" cascade;`);
    this.addSql(`drop table if exists "read_log" cascade;`);
    this.addSql(`drop table if exists "revision" cascade;`);
    this.addSql(`drop table if exists "session" cascade;`);
  }

}
