import { Migration } from '@mikro-orm/migrations';

export class Migration20261128062630 extends Migration {

  override name = 'Migration20261128062630';

  override up(): void | Promise<void> {
    this.addSql(`create table "epoch" ("number" int not null, "life" text not null, "begun_at" timestamptz not null default now(), "decided" xid8 not null default '0', "decided_at" timestamptz not null default now(), primary key ("number"));`);

    this.addSql(`alter table "committee" add "compared" boolean not null default false;`);
    this.addSql(`create index "committee_id_index" on "committee" ("id") where not compared;`);

    this.addSql(`alter table "organisation" add "compared" boolean not null default false;`);
    this.addSql(`create index "organisation_id_index" on "organisation" ("id") where not compared;`);

    this.addSql(`alter table "person" add "compared" boolean not null default false;`);
    this.addSql(`create index "person_id_index" on "person" ("id") where not compared;`);

    this.addSql(`drop index "revision_xid_seq_index";`);
    this.addSql(`alter table "revision" add "epoch" int not null default 1;`);
    this.addSql(`create index "revision_epoch_xid_seq_index" on "revision" ("epoch", "xid", "seq");`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "epoch" cascade;`);

    this.addSql(`drop index "committee_id_index";`);
    this.addSql(`alter table "committee" drop column "compared";`);

    this.addSql(`drop index "organisation_id_index";`);
    this.addSql(`alter table "organisation" drop column "compared";`);

    this.addSql(`drop index "person_id_index";`);
    this.addSql(`alter table "person" drop column "compared";`);

    this.addSql(`drop index "revision_epoch_xid_seq_index";`);
    this.addSql(`alter table "revision" drop column "epoch";`);
    this.addSql(`create index "revision_xid_seq_index" on "revision" ("xid", "seq");`);
  }

}
