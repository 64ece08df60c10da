import { Migration } from '@mikro-orm/migrations';

export class Migration20261128150007 extends Migration {

  override name = 'Migration20261128150007';

  override up(): void | Promise<void> {
    this.addSql(`create index program_search on program using gin ((string_to_array(translate(regexp_replace(lower(normalize(coalesce(name, ''), NFKC)), '[ ·•・‧∙⋅●‐‑‒–—―−"“”„‟«»「」『』''‘’‚‛\`´《》〈〉-]', '', 'g'), '[]【】〔〕〖〗', '()()()()'), null)));`);
    this.addSql(`create index program_search_pinyin on program ((left(replace(sort_key, ' ', ''), 200)));`);

    this.addSql(`create index donation_search on donation using gin ((string_to_array(translate(regexp_replace(lower(normalize(coalesce(recipient, '') || chr(10) || coalesce(purpose, '') || chr(10) || coalesce(receipt_no, ''), NFKC)), '[ ·•・‧∙⋅●‐‑‒–—―−"“”„‟«»「」『』''‘’‚‛\`´《》〈〉-]', '', 'g'), '[]【】〔〕〖〗', '()()()()'), null)));`);

    this.addSql(`create index session_search on session using gin ((string_to_array(translate(regexp_replace(lower(normalize(coalesce(venue, ''), NFKC)), '[ ·•・‧∙⋅●‐‑‒–—―−"“”„‟«»「」『』''‘’‚‛\`´《》〈〉-]', '', 'g'), '[]【】〔〕〖〗', '()()()()'), null)));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index "donation_search";`);

    this.addSql(`drop index "program_search";`);
    this.addSql(`drop index "program_search_pinyin";`);

    this.addSql(`drop index "session_search";`);
  }

}
