import { fillKey } from '@hub/kit/fill-key';
import { Migration } from '@mikro-orm/migrations';

export class Migration20261128151628 extends Migration {

  override name = 'Migration20261128151628';

  override async up(): Promise<void> {
    await this.execute(`alter table "media_account" add "handle_key" text null;`);
    await fillKey((sql, params) => this.execute(sql, params), 'media_account', 'handle', 'handle_key');
    await this.execute(`create index "media_account_handle_key_index" on "media_account" ("handle_key");`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index "media_account_handle_key_index";`);
    this.addSql(`alter table "media_account" drop column "handle_key";`);
  }

}
