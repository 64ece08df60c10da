import { Migration } from '@mikro-orm/migrations';

export class Migration20261128141849 extends Migration {

  override name = 'Migration20261128141849';

  override up(): void | Promise<void> {
    this.addSql(`alter table "import_batch" add "again" boolean not null default false;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "import_batch" drop column "again";`);
  }

}
