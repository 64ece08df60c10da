import { Migration } from '@mikro-orm/migrations';

export class Migration20261128062630 extends Migration {

  override name = 'Migration20261128062630';

  override up(): void | Promise<void> {
    this.addSql(`create table "epoch" ("number" int not null, "life" text not null, "begun_at" timestamptz not null default now(), "decided" xid8 not null default '0', "decided_at" timestamptz not null default now(), primary key ("number"));`);

    this.addSql(`drop index "revision_xid_seq_index";`);
    this.addSql(`alter table "revision" add "epoch" int not null default 1;`);
    this.addSql(`create index "revision_epoch_xid_seq_index" on "revision" ("epoch", "xid", "seq");`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "epoch" cascade;`);

    this.addSql(`create or replace function "access_grant_end_sign_ins_fn"() returns trigger as \$\$ begin ; end; \$\$ language plpgsql;`);
    this.addSql(`create trigger "end_sign_ins" AFTER UPDATE on "access_grant" for each ROW
  when (((new.revoked_at IS NOT NULL) AND (old.revoked_at IS NULL))) execute function "access_grant_end_sign_ins_fn"();`);

    this.addSql(`create or replace function "account_end_sign_ins_fn"() returns trigger as \$\$ begin ; end; \$\$ language plpgsql;`);
    this.addSql(`create trigger "end_sign_ins" AFTER UPDATE on "account" for each ROW
  when (((new.suspended_at IS NOT NULL) OR (new.password_reset_at IS DISTINCT FROM old.password_reset_at))) execute function "account_end_sign_ins_fn"();`);

    this.addSql(`drop index "revision_epoch_xid_seq_index";`);
    this.addSql(`alter table "revision" drop column "epoch";`);
    this.addSql(`create index "revision_xid_seq_index" on "revision" ("xid", "seq");`);
  }

}
