import { Migration } from '@mikro-orm/migrations';

export class Migration20261128081915 extends Migration {

  override name = 'Migration20261128081915';

  override up(): void | Promise<void> {
    this.addSql(`alter table "idempotency" alter column "step" type text using ("step"::text);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "idempotency" alter column "step" type int using ("step"::int);`);
  }

}
