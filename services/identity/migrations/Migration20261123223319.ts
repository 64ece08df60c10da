import { Migration } from '@mikro-orm/migrations';

/**
 * A suspension, a reset password or a revoked grant ends the sign-ins that rest on it in the same transaction. Security definer: whoever
 * administers an account does not see its sessions.
 */
export class Migration20261123223319 extends Migration {

  override name = 'Migration20261123223319';

  override up(): void | Promise<void> {
    this.addSql(`create function end_sign_ins_of_account() returns trigger language plpgsql security definer set search_path = public as $$
begin
  delete from oidc_record where account_id = new.id::text and model in ('Session', 'Grant', 'RefreshToken', 'AuthorizationCode');
  -- A new one-time password ends a lock, too: whoever guessed does not know it.
  if new.password_reset_at is distinct from old.password_reset_at then delete from guess where key = 'name:' || new.login_name; end if;
  return null;
end $$;`);
    this.addSql(`create trigger end_sign_ins after update on account for each row
      when (new.suspended_at is not null or new.password_reset_at is distinct from old.password_reset_at) execute function end_sign_ins_of_account();`);
    this.addSql(`create function end_sign_ins_of_grant() returns trigger language plpgsql security definer set search_path = public as $$
begin
  delete from oidc_record where model in ('RefreshToken', 'AuthorizationCode') and oidc_grant_id in (select id from oidc_record where model = 'Grant' and grant_id = new.id);
  delete from oidc_record where model = 'Grant' and grant_id = new.id;
  return null;
end $$;`);
    this.addSql(`create trigger end_sign_ins after update on access_grant for each row
      when (new.revoked_at is not null and old.revoked_at is null) execute function end_sign_ins_of_grant();`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop trigger end_sign_ins on access_grant; drop trigger end_sign_ins on account;`);
    this.addSql(`drop function end_sign_ins_of_grant(); drop function end_sign_ins_of_account();`);
  }

}
