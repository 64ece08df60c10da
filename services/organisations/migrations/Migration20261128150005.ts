import { Migration } from '@mikro-orm/migrations';

export class Migration20261128150005 extends Migration {

  override name = 'Migration20261128150005';

  override up(): void | Promise<void> {
    this.addSql(`create index branch_search on branch using gin ((string_to_array(translate(regexp_replace(lower(normalize(coalesce(name, ''), NFKC)), '[ ·•・‧∙⋅●‐‑‒–—―−"“”„‟«»「」『』''‘’‚‛\`´《》〈〉-]', '', 'g'), '[]【】〔〕〖〗', '()()()()'), null)));`);
    this.addSql(`create index branch_search_pinyin on branch ((left(replace(sort_key, ' ', ''), 200)));`);

    this.addSql(`create index organisation_search on organisation using gin ((string_to_array(translate(regexp_replace(lower(normalize(coalesce(legal_name, '') || chr(10) || coalesce(short_name, ''), NFKC)), '[ ·•・‧∙⋅●‐‑‒–—―−"“”„‟«»「」『』''‘’‚‛\`´《》〈〉-]', '', 'g'), '[]【】〔〕〖〗', '()()()()'), null)));`);
    this.addSql(`create index organisation_search_pinyin on organisation ((left(replace(sort_key, ' ', ''), 200)));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index "branch_search";`);
    this.addSql(`drop index "branch_search_pinyin";`);

    this.addSql(`drop index "organisation_search";`);
    this.addSql(`drop index "organisation_search_pinyin";`);
  }

}
