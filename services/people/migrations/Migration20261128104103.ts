import { Migration } from '@mikro-orm/migrations';

export class Migration20261128104103 extends Migration {

  override name = 'Migration20261128104103';

  override up(): void | Promise<void> {
    this.addSql(`create table "moment" ("epoch" int not null, "xid" xid8 not null, "at" timestamptz not null default clock_timestamp(), primary key ("epoch", "xid"));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table "moment";`);
  }

}
