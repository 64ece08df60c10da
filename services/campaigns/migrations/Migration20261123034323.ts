import { Migration } from '@mikro-orm/migrations';

export class Migration20261123034323 extends Migration {

  override name = 'Migration20261123034323';

  override up(): void | Promise<void> {
    this.addSql(`create table "branch" ("id" uuid not null, "division_code" text not null, primary key ("id"));`);
    this.addSql(`create index "branch_division_code_index" on "branch" ("division_code");`);
    this.addSql(`alter table "branch" add constraint "branch_id_division_code_unique" unique ("id", "division_code");`);

    this.addSql(`create table "committee" ("id" uuid not null, "division_code" text not null, primary key ("id"));`);
    this.addSql(`create index "committee_division_code_index" on "committee" ("division_code");`);
    this.addSql(`alter table "committee" add constraint "committee_id_division_code_unique" unique ("id", "division_code");`);

    this.addSql(`create table "campaign" ("id" uuid not null, "version" int not null default 1, "division_code" text not null, "created_at" timestamptz(3) not null default now(), "title" text not null, "sort_key" text not null, "kind" text not null, "organiser_id" uuid not null, "published_downward" boolean not null default false, "starts_on" date not null, "ends_on" date null, "state" text not null default 'DRAFT', primary key ("id"));`);
    this.addSql(`create index "campaign_division_code_index" on "campaign" ("division_code");`);
    this.addSql(`create index "campaign_organiser_id_index" on "campaign" ("organiser_id");`);
    this.addSql(`alter table "campaign" add constraint "campaign_id_division_code_published_downward_unique" unique ("id", "division_code", "published_downward");`);

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

    this.addSql(`create table "media_account" ("id" uuid not null, "version" int not null default 1, "division_code" text not null, "created_at" timestamptz(3) not null default now(), "person_id" uuid null, "organisation_id" uuid null, "platform" text not null, "handle" text not null, "sort_key" text not null, "followers" int null, primary key ("id"));`);
    this.addSql(`create index "media_account_division_code_index" on "media_account" ("division_code");`);
    this.addSql(`create index "media_account_person_id_index" on "media_account" ("person_id");`);
    this.addSql(`create index "media_account_organisation_id_index" on "media_account" ("organisation_id");`);
    this.addSql(`alter table "media_account" add constraint "media_account_platform_handle_unique" unique ("platform", "handle");`);

    this.addSql(`create table "content_item" ("id" uuid not null, "version" int not null default 1, "division_code" text not null, "created_at" timestamptz(3) not null default now(), "kind" text not null, "title" text not null, "sort_key" text not null, "url" text null, "account_id" uuid null, "organisation_id" uuid not null, "published_on" date not null, "theme" text null, primary key ("id"));`);
    this.addSql(`create index "content_item_division_code_index" on "content_item" ("division_code");`);
    this.addSql(`create index "content_item_account_id_index" on "content_item" ("account_id");`);
    this.addSql(`create index "content_item_organisation_id_index" on "content_item" ("organisation_id");`);
    this.addSql(`create index "content_item_division_code_published_on_id_index" on "content_item" ("division_code", "published_on", "id");`);
    this.addSql(`alter table "content_item" add constraint "content_item_id_division_code_unique" unique ("id", "division_code");`);

    this.addSql(`create table "metric_observation" ("id" uuid not null, "version" int not null default 1, "division_code" text not null, "created_at" timestamptz(3) not null default now(), "item_id" uuid not null, "metric" text not null, "value" bigint not null, "observed_at" timestamptz(3) not null, "method" text null, "correction_reason" text null, primary key ("id"));`);
    this.addSql(`create index "metric_observation_division_code_index" on "metric_observation" ("division_code");`);
    this.addSql(`alter table "metric_observation" add constraint "metric_observation_item_id_metric_observed_at_unique" unique ("item_id", "metric", "observed_at");`);

    this.addSql(`create table "read_log" ("id" uuid not null, "actor" text not null, "request_id" text not null, "division_code" text not null, "entity" text not null, "ids" jsonb not null, "at" timestamptz not null default now(), primary key ("id"));`);

    this.addSql(`create table "revision" ("seq" bigserial primary key, "xid" xid8 not null default pg_current_xact_id(), "entity" text not null, "entity_id" uuid not null, "version" int not null, "action" text not null, "division_code" text not null, "actor" text not null, "request_id" text not null, "reason" text null, "batch" uuid null, "at" timestamptz not null default clock_timestamp(), "data" jsonb null);`);
    this.addSql(`create index "revision_batch_index" on "revision" ("batch") where batch is not null;`);
    this.addSql(`create index "revision_xid_seq_index" on "revision" ("xid", "seq");`);
    this.addSql(`create index "revision_entity_division_code_index" on "revision" ("entity", "division_code");`);
    this.addSql(`create index "revision_entity_entity_id_seq_index" on "revision" ("entity", "entity_id", "seq");`);

    this.addSql(`create table "round" ("id" uuid not null, "version" int not null default 1, "division_code" text not null, "created_at" timestamptz(3) not null default now(), "campaign_id" uuid not null, "published_downward" boolean not null, "kind" text not null, "opens_at" timestamptz not null, "closes_at" timestamptz null, "quota" int null, "criteria" jsonb not null default '[]', "tally_visible" text not null default 'AFTER_CLOSE', "state" text not null default 'PLANNED', primary key ("id"));`);
    this.addSql(`create index "round_division_code_index" on "round" ("division_code");`);
    this.addSql(`create index "round_campaign_id_index" on "round" ("campaign_id");`);

    this.addSql(`create table "nomination" ("id" uuid not null, "version" int not null default 1, "division_code" text not null, "created_at" timestamptz(3) not null default now(), "person_id" uuid null, "organisation_id" uuid null, "campaign_id" uuid not null, "round_id" uuid null, "nominated_by_id" uuid null, "category" text not null, "statement" text null, "evidence" text[] not null default '{}', "state" text not null default 'DRAFT', primary key ("id"));`);
    this.addSql(`create index "nomination_division_code_index" on "nomination" ("division_code");`);
    this.addSql(`create index "nomination_person_id_index" on "nomination" ("person_id");`);
    this.addSql(`create index "nomination_organisation_id_index" on "nomination" ("organisation_id");`);
    this.addSql(`create index "nomination_round_id_index" on "nomination" ("round_id");`);
    this.addSql(`create index "nomination_nominated_by_id_index" on "nomination" ("nominated_by_id");`);
    this.addSql(`alter table "nomination" add constraint "nomination_campaign_id_category_organisation_id_unique" unique ("campaign_id", "category", "organisation_id");`);
    this.addSql(`alter table "nomination" add constraint "nomination_campaign_id_category_person_id_unique" unique ("campaign_id", "category", "person_id");`);

    this.addSql(`create table "award" ("id" uuid not null, "version" int not null default 1, "division_code" text not null, "created_at" timestamptz(3) not null default now(), "person_id" uuid null, "organisation_id" uuid null, "campaign_id" uuid not null, "nomination_id" uuid null, "title" text not null, "sort_key" text not null, "conferred_on" date not null, "revoked_on" date null, "revoke_reason" text null, "certificate_no" text null, primary key ("id"));`);
    this.addSql(`create index "award_division_code_index" on "award" ("division_code");`);
    this.addSql(`create index "award_person_id_index" on "award" ("person_id");`);
    this.addSql(`create index "award_organisation_id_index" on "award" ("organisation_id");`);
    this.addSql(`create index "award_nomination_id_index" on "award" ("nomination_id");`);
    this.addSql(`alter table "award" add constraint "award_campaign_id_certificate_no_unique" unique ("campaign_id", "certificate_no");`);

    this.addSql(`alter table "campaign" add constraint "campaign_organiser_id_division_code_foreign" foreign key ("organiser_id", "division_code") references "committee" ("id", "division_code") on update cascade on delete no action;`);
    this.addSql(`alter table "campaign" add constraint "campaign_kind_check" check ("kind" in ('SELECTION', 'OUTREACH', 'DRIVE'));`);
    this.addSql(`alter table "campaign" add constraint "campaign_state_check" check ("state" in ('DRAFT', 'OPEN', 'CLOSED'));`);

    this.addSql(`alter table "import_batch" add constraint "import_batch_state_check" check ("state" in ('STAGED', 'READY', 'APPLIED', 'FAILED', 'REVERTED'));`);

    this.addSql(`alter table "media_account" add constraint "media_account_person_id_division_code_foreign" foreign key ("person_id", "division_code") references "person" ("id", "division_code") on update cascade on delete no action;`);
    this.addSql(`alter table "media_account" add constraint "media_account_organisation_id_division_code_foreign" foreign key ("organisation_id", "division_code") references "organisation" ("id", "division_code") on update cascade on delete no action;`);
    this.addSql(`alter table "media_account" add constraint "person_or_organisation" check (num_nonnulls(person_id, organisation_id) = 1);`);

    this.addSql(`alter table "content_item" add constraint "content_item_account_id_foreign" foreign key ("account_id") references "media_account" ("id") on delete set null;`);
    this.addSql(`alter table "content_item" add constraint "content_item_organisation_id_division_code_foreign" foreign key ("organisation_id", "division_code") references "organisation" ("id", "division_code") on update cascade on delete no action;`);
    this.addSql(`alter table "content_item" add constraint "content_item_kind_check" check ("kind" in ('ARTICLE', 'SHORT_VIDEO', 'POSTER', 'RELAY'));`);

    this.addSql(`alter table "metric_observation" add constraint "metric_observation_item_id_division_code_foreign" foreign key ("item_id", "division_code") references "content_item" ("id", "division_code") on update cascade on delete no action;`);
    this.addSql(`alter table "metric_observation" add constraint "metric_observation_metric_check" check ("metric" in ('READS', 'REPOSTS', 'LIKES', 'COMMENTS'));`);

    this.addSql(`alter table "round" add constraint "round_campaign_id_division_code_published_downward_foreign" foreign key ("campaign_id", "division_code", "published_downward") references "campaign" ("id", "division_code", "published_downward") on update cascade on delete no action;`);
    this.addSql(`alter table "round" add constraint "round_kind_check" check ("kind" in ('NOMINATION', 'PRELIMINARY', 'FINAL'));`);
    this.addSql(`alter table "round" add constraint "round_tally_visible_check" check ("tally_visible" in ('AFTER_CLOSE', 'LIVE'));`);
    this.addSql(`alter table "round" add constraint "round_state_check" check ("state" in ('PLANNED', 'OPEN', 'CLOSED'));`);

    this.addSql(`alter table "nomination" add constraint "nomination_person_id_division_code_foreign" foreign key ("person_id", "division_code") references "person" ("id", "division_code") on update cascade on delete no action;`);
    this.addSql(`alter table "nomination" add constraint "nomination_organisation_id_division_code_foreign" foreign key ("organisation_id", "division_code") references "organisation" ("id", "division_code") on update cascade on delete no action;`);
    this.addSql(`alter table "nomination" add constraint "nomination_campaign_id_foreign" foreign key ("campaign_id") references "campaign" ("id");`);
    this.addSql(`alter table "nomination" add constraint "nomination_round_id_foreign" foreign key ("round_id") references "round" ("id") on delete set null;`);
    this.addSql(`alter table "nomination" add constraint "nomination_nominated_by_id_foreign" foreign key ("nominated_by_id") references "branch" ("id") on delete set null;`);
    this.addSql(`alter table "nomination" add constraint "person_or_organisation" check (num_nonnulls(person_id, organisation_id) = 1);`);
    this.addSql(`alter table "nomination" add constraint "nomination_state_check" check ("state" in ('DRAFT', 'SUBMITTED', 'ELIGIBLE', 'REJECTED', 'ADVANCED', 'ELIMINATED', 'AWARDED', 'WITHDRAWN'));`);

    this.addSql(`alter table "award" add constraint "award_person_id_division_code_foreign" foreign key ("person_id", "division_code") references "person" ("id", "division_code") on update cascade on delete no action;`);
    this.addSql(`alter table "award" add constraint "award_organisation_id_division_code_foreign" foreign key ("organisation_id", "division_code") references "organisation" ("id", "division_code") on update cascade on delete no action;`);
    this.addSql(`alter table "award" add constraint "award_campaign_id_foreign" foreign key ("campaign_id") references "campaign" ("id");`);
    this.addSql(`alter table "award" add constraint "award_nomination_id_foreign" foreign key ("nomination_id") references "nomination" ("id") on delete set null;`);
    this.addSql(`alter table "award" add constraint "person_or_organisation" check (num_nonnulls(person_id, organisation_id) = 1);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "nomination" drop constraint "nomination_nominated_by_id_foreign";`);
    this.addSql(`alter table "campaign" drop constraint "campaign_organiser_id_division_code_foreign";`);
    this.addSql(`alter table "round" drop constraint "round_campaign_id_division_code_published_downward_foreign";`);
    this.addSql(`alter table "nomination" drop constraint "nomination_campaign_id_foreign";`);
    this.addSql(`alter table "award" drop constraint "award_campaign_id_foreign";`);
    this.addSql(`alter table "media_account" drop constraint "media_account_organisation_id_division_code_foreign";`);
    this.addSql(`alter table "content_item" drop constraint "content_item_organisation_id_division_code_foreign";`);
    this.addSql(`alter table "nomination" drop constraint "nomination_organisation_id_division_code_foreign";`);
    this.addSql(`alter table "award" drop constraint "award_organisation_id_division_code_foreign";`);
    this.addSql(`alter table "media_account" drop constraint "media_account_person_id_division_code_foreign";`);
    this.addSql(`alter table "nomination" drop constraint "nomination_person_id_division_code_foreign";`);
    this.addSql(`alter table "award" drop constraint "award_person_id_division_code_foreign";`);
    this.addSql(`alter table "content_item" drop constraint "content_item_account_id_foreign";`);
    this.addSql(`alter table "metric_observation" drop constraint "metric_observation_item_id_division_code_foreign";`);
    this.addSql(`alter table "nomination" drop constraint "nomination_round_id_foreign";`);
    this.addSql(`alter table "award" drop constraint "award_nomination_id_foreign";`);

    this.addSql(`drop table if exists "branch" cascade;`);
    this.addSql(`drop table if exists "committee" cascade;`);
    this.addSql(`drop table if exists "campaign" cascade;`);
    this.addSql(`drop table if exists "feed_position" cascade;`);
    this.addSql(`drop table if exists "idempotency" cascade;`);
    this.addSql(`drop table if exists "import_batch" cascade;`);
    this.addSql(`drop table if exists "import_row" cascade;`);
    this.addSql(`drop table if exists "organisation" cascade;`);
    this.addSql(`drop table if exists "person" cascade;`);
    this.addSql(`drop table if exists "media_account" cascade;`);
    this.addSql(`drop table if exists "content_item" cascade;`);
    this.addSql(`drop table if exists "metric_observation" cascade;`);
    this.addSql(`drop table if exists "read_log" cascade;`);
    this.addSql(`drop table if exists "revision" cascade;`);
    this.addSql(`drop table if exists "round" cascade;`);
    this.addSql(`drop table if exists "nomination" cascade;`);
    this.addSql(`drop table if exists "award" cascade;`);
  }

}
