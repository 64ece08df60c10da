import { Migration } from '@mikro-orm/migrations';

export class Migration20261128151627 extends Migration {

  override name = 'Migration20261128151627';

  override up(): void | Promise<void> {
    this.addSql(`create index person_search on person using gin ((string_to_array(translate(regexp_replace(lower(normalize(coalesce(name, ''), NFKC)), '[ ·•・‧∙⋅●‐‑‒–—―−"“”„‟«»「」『』''‘’‚‛\`´《》〈〉-]', '', 'g'), '[]【】〔〕〖〗', '()()()()'), null)));`);
    this.addSql(`create index person_search_phone on person ((replace(phone, '-', '')));`);
    this.addSql(`create index person_search_pinyin on person ((left(replace(sort_key, ' ', ''), 200)));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index "person_search";`);
    this.addSql(`drop index "person_search_phone";`);
    this.addSql(`drop index "person_search_pinyin";`);
  }

}
