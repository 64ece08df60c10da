import { Migration } from '@mikro-orm/migrations';

export class Migration20261128150006 extends Migration {

  override name = 'Migration20261128150006';

  override up(): void | Promise<void> {
    this.addSql(`create index campaign_search on campaign using gin ((string_to_array(translate(regexp_replace(lower(normalize(coalesce(title, ''), NFKC)), '[ ·•・‧∙⋅●‐‑‒–—―−"“”„‟«»「」『』''‘’‚‛\`´《》〈〉-]', '', 'g'), '[]【】〔〕〖〗', '()()()()'), null)));`);
    this.addSql(`create index campaign_search_pinyin on campaign ((left(replace(sort_key, ' ', ''), 200)));`);

    this.addSql(`create index media_account_search on media_account using gin ((string_to_array(translate(regexp_replace(lower(normalize(coalesce(handle, ''), NFKC)), '[ ·•・‧∙⋅●‐‑‒–—―−"“”„‟«»「」『』''‘’‚‛\`´《》〈〉-]', '', 'g'), '[]【】〔〕〖〗', '()()()()'), null)));`);
    this.addSql(`create index media_account_search_pinyin on media_account ((left(replace(sort_key, ' ', ''), 200)));`);

    this.addSql(`create index content_item_search on content_item using gin ((string_to_array(translate(regexp_replace(lower(normalize(coalesce(title, ''), NFKC)), '[ ·•・‧∙⋅●‐‑‒–—―−"“”„‟«»「」『』''‘’‚‛\`´《》〈〉-]', '', 'g'), '[]【】〔〕〖〗', '()()()()'), null)));`);
    this.addSql(`create index content_item_search_pinyin on content_item ((left(replace(sort_key, ' ', ''), 200)));`);

    this.addSql(`create index award_search on award using gin ((string_to_array(translate(regexp_replace(lower(normalize(coalesce(title, ''), NFKC)), '[ ·•・‧∙⋅●‐‑‒–—―−"“”„‟«»「」『』''‘’‚‛\`´《》〈〉-]', '', 'g'), '[]【】〔〕〖〗', '()()()()'), null)));`);
    this.addSql(`create index award_search_pinyin on award ((left(replace(sort_key, ' ', ''), 200)));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index "award_search";`);
    this.addSql(`drop index "award_search_pinyin";`);

    this.addSql(`drop index "campaign_search";`);
    this.addSql(`drop index "campaign_search_pinyin";`);

    this.addSql(`drop index "content_item_search";`);
    this.addSql(`drop index "content_item_search_pinyin";`);

    this.addSql(`drop index "media_account_search";`);
    this.addSql(`drop index "media_account_search_pinyin";`);
  }

}
