import { Migration } from '@mikro-orm/migrations';

export class Migration20261128071838 extends Migration {

  override name = 'Migration20261128071838';

  override up(): void | Promise<void> {
    this.addSql(`alter table "read_log" add "client_request_id" text null;`);

    this.addSql(`alter table "revision" add "client_request_id" text null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "read_log" drop column "client_request_id";`);

    this.addSql(`alter table "revision" drop column "client_request_id";`);
  }

}
