import { Migration } from '@mikro-orm/migrations';

export class Migration20261128065948 extends Migration {

  override name = 'Migration20261128065948';

  override up(): void | Promise<void> {
    this.addSql(`alter table "idempotency" drop constraint "idempotency_pkey";`);
    this.addSql(`alter table "idempotency" add "step" int not null default 0;`);
    this.addSql(`alter table "idempotency" alter column "step" drop default;`);
    this.addSql(`alter table "idempotency" rename column "actor" to "viewer";`);
    this.addSql(`alter table "idempotency" add primary key ("viewer", "key", "step");`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "idempotency" drop constraint "idempotency_pkey";`);
    this.addSql(`alter table "idempotency" drop column "step";`);
    this.addSql(`alter table "idempotency" rename column "viewer" to "actor";`);
    this.addSql(`alter table "idempotency" add primary key ("actor", "key");`);
  }

}
