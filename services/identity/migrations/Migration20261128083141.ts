import { Migration } from '@mikro-orm/migrations';

const ends = (columns: string[]) =>
  ['new.suspended_at is not null', ...columns.map(column => `new.${column} is distinct from old.${column}`)].join(' or ');

/** An administrator may end the sign-ins of an account that stays open: the trigger of suspensions and resets serves this, too. */
export class Migration20261128083141 extends Migration {

  override name = 'Migration20261128083141';

  override up(): void | Promise<void> {
    this.addSql(`alter table "account" add "sessions_ended_at" timestamptz null;`);
    this.addSql(`drop trigger end_sign_ins on account;`);
    this.addSql(`create trigger end_sign_ins after update on account for each row
      when (${ends(['password_reset_at', 'sessions_ended_at'])}) execute function end_sign_ins_of_account();`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop trigger end_sign_ins on account;`);
    this.addSql(`create trigger end_sign_ins after update on account for each row
      when (${ends(['password_reset_at'])}) execute function end_sign_ins_of_account();`);
    this.addSql(`alter table "account" drop column "sessions_ended_at";`);
  }

}
