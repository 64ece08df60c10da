import { compareKey } from '@hub/kit/compare-key';
import { CellProblem } from '@hub/kit/imports/cell-problem';
import { normalPhone } from '@hub/people/person/phone';
import { Migration } from '@mikro-orm/migrations';

const part = 10_000;

/** A number that the rule of today would refuse stays as it was taken in. */
function phoneOf(kept: string): string {
  try {
    return normalPhone(kept);
  } catch (problem) {
    if (problem instanceof CellProblem) return kept;
    throw problem;
  }
}

export class Migration20261128143531 extends Migration {

  override name = 'Migration20261128143531';

  override async up(): Promise<void> {
    await this.execute(`alter table "person" add "name_key" text null;`);
    await this.execute(`alter table "person" no force row level security;`);
    await this.execute(`alter table "person" disable trigger user;`);
    await this.fill('name', 'name_key', compareKey);
    await this.fill('phone', 'phone', phoneOf);
    await this.execute(`alter table "person" enable trigger user;`);
    await this.execute(`alter table "person" force row level security;`);
    await this.execute(`create index "person_phone_index" on "person" ("phone");`);
    await this.execute(`create index "person_organisation_id_name_key_index" on "person" ("organisation_id", "name_key");`);
  }

  /** The same text comes many times: each is turned once. */
  private async fill(from: string, to: string, turn: (text: string) => string): Promise<void> {
    const texts: string[] = (await this.execute(`select distinct "${from}" as text from person where "${from}" is not null`)).map(row => row.text);
    for (let i = 0; i < texts.length; i += part) {
      const turned = texts.slice(i, i + part).map(text => ({ text, turned: turn(text) })).filter(each => from !== to || each.text !== each.turned);
      await this.execute(
        `update person p set "${to}" = r.turned from json_to_recordset(?::json) as r (text text, turned text) where p."${from}" = r.text`,
        [JSON.stringify(turned)],
      );
    }
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index "person_phone_index";`);
    this.addSql(`drop index "person_organisation_id_name_key_index";`);
    this.addSql(`alter table "person" drop column "name_key";`);
  }

}
