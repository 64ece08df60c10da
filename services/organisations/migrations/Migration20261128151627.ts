import { fillKey } from '@hub/kit/fill-key';
import { Migration } from '@mikro-orm/migrations';

export class Migration20261128151627 extends Migration {

  override name = 'Migration20261128151627';

  override async up(): Promise<void> {
    await this.execute(`drop index "branch_division_code_name_index";`);
    await this.execute(`alter table "branch" add "name_key" text null;`);
    await fillKey((sql, params) => this.execute(sql, params), 'branch', 'name', 'name_key');
    await this.execute(`create index "branch_division_code_name_key_index" on "branch" ("division_code", "name_key");`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index "branch_division_code_name_key_index";`);
    this.addSql(`alter table "branch" drop column "name_key";`);
    this.addSql(`create index "branch_division_code_name_index" on "branch" ("division_code", "name");`);
  }

}
