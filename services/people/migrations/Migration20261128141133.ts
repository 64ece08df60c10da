import { Migration } from '@mikro-orm/migrations';

export class Migration20261128141133 extends Migration {

  override name = 'Migration20261128141133';

  override up(): void | Promise<void> {
    this.addSql(`alter table "import_row" add "problems" jsonb null;`);
    this.addSql(`alter table "import_row" no force row level security;`);
    this.addSql(`update "import_row" set "problems" = jsonb_build_array(jsonb_strip_nulls(jsonb_build_object('code', "code", 'column', "column", 'value', "value", 'message', "message", 'suggestion', "suggestion"))) where "code" is not null;`);
    this.addSql(`alter table "import_row" force row level security;`);
    this.addSql(`alter table "import_row" drop column "code", drop column "column", drop column "message", drop column "suggestion", drop column "value";`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "import_row" drop column "problems";`);
    this.addSql(`alter table "import_row" add "code" text null, add "column" text null, add "message" text null, add "suggestion" text null, add "value" text null;`);
  }

}
