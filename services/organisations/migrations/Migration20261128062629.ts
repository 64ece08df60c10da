import { Migration } from '@mikro-orm/migrations';

export class Migration20261128062629 extends Migration {

  override name = 'Migration20261128062629';

  override up(): void | Promise<void> {
    this.addSql(`create table "epoch" ("number" int not null, "life" text not null, "begun_at" timestamptz not null default now(), "decided" xid8 not null default '0', "decided_at" timestamptz not null default now(), primary key ("number"));`);

    this.addSql(`drop index "revision_xid_seq_index";`);
    this.addSql(`alter table "revision" add "epoch" int not null default 1;`);
    this.addSql(`create index "revision_epoch_xid_seq_index" on "revision" ("epoch", "xid", "seq");`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "epoch" cascade;`);

    this.addSql(`drop index "revision_epoch_xid_seq_index";`);
    this.addSql(`alter table "revision" drop column "epoch";`);
    this.addSql(`create index "revision_xid_seq_index" on "revision" ("xid", "seq");`);
  }

}
