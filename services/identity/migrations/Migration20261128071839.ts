import { Migration } from '@mikro-orm/migrations';

export class Migration20261128071839 extends Migration {

  override name = 'Migration20261128071839';

  override up(): void | Promise<void> {
    this.addSql(`alter table "read_log" add "client_request_id" text null;`);

    this.addSql(`alter table "revision" add "client_request_id" text null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`create or replace function "access_grant_end_sign_ins_fn"() returns trigger as \$\$ begin ; end; \$\$ language plpgsql;`);
    this.addSql(`create trigger "end_sign_ins" AFTER UPDATE on "access_grant" for each ROW
  when (((new.revoked_at IS NOT NULL) AND (old.revoked_at IS NULL))) execute function "access_grant_end_sign_ins_fn"();`);

    this.addSql(`create or replace function "account_end_sign_ins_fn"() returns trigger as \$\$ begin ; end; \$\$ language plpgsql;`);
    this.addSql(`create trigger "end_sign_ins" AFTER UPDATE on "account" for each ROW
  when (((new.suspended_at IS NOT NULL) OR (new.password_reset_at IS DISTINCT FROM old.password_reset_at))) execute function "account_end_sign_ins_fn"();`);

    this.addSql(`alter table "read_log" drop column "client_request_id";`);

    this.addSql(`alter table "revision" drop column "client_request_id";`);
  }

}
