import { Migration } from '@mikro-orm/migrations';

export class Migration20261128153606 extends Migration {

  override name = 'Migration20261128153606';

  override up(): void | Promise<void> {
    this.addSql(`create table "organisation_claim" ("id" uuid not null, "version" int not null default 1, "division_code" text not null, "created_at" timestamptz(3) not null default now(), "credit_code" text not null, "reason" text not null, "state" text not null default 'OPEN', "note" text null, "decided_at" timestamptz null, primary key ("id"));`);
    this.addSql(`create index "organisation_claim_division_code_index" on "organisation_claim" ("division_code");`);
    this.addSql(`create index "organisation_claim_division_code_created_at_id_index" on "organisation_claim" ("division_code", "created_at", "id");`);
    this.addSql(`create unique index "organisation_claim_open" on "organisation_claim" ("division_code", "credit_code") where state = 'OPEN';`);

    this.addSql(`alter table "organisation_claim" add constraint "organisation_claim_state_check" check ("state" in ('OPEN', 'GRANTED', 'DECLINED', 'WITHDRAWN'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "organisation_claim" cascade;`);
  }

}
