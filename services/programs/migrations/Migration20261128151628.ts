import { fillKey } from '@hub/kit/fill-key';
import { Migration } from '@mikro-orm/migrations';

export class Migration20261128151628 extends Migration {

  override name = 'Migration20261128151628';

  override async up(): Promise<void> {
    await this.execute(`alter table "program" add "name_key" text null;`);
    await fillKey((sql, params) => this.execute(sql, params), 'program', 'name', 'name_key');
    await this.execute(`create index "program_name_key_index" on "program" ("name_key");`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index "program_name_key_index";`);
    this.addSql(`alter table "program" drop column "name_key";`);
  }

}
