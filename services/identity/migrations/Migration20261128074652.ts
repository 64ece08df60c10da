import { Migration } from '@mikro-orm/migrations';

export class Migration20261128074652 extends Migration {

  override name = 'Migration20261128074652';

  override up(): void | Promise<void> {
    this.addSql(`create table "feed_position" ("feed" text not null, "cursor" text not null, primary key ("feed"));`);

    this.addSql(`create table "organisation" ("id" uuid not null, "division_code" text not null, "compared" boolean not null default false, "ended" boolean not null default false, primary key ("id"));`);
    this.addSql(`create index "organisation_division_code_index" on "organisation" ("division_code");`);
    this.addSql(`create index "organisation_id_index" on "organisation" ("id") where not compared;`);

    this.addSql(`create index "access_grant_organisation_id_index" on "access_grant" ("organisation_id");`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "feed_position" cascade;`);
    this.addSql(`drop table if exists "organisation" cascade;`);

    this.addSql(`drop index "access_grant_organisation_id_index";`);

  }

}
