import { Context } from '@hub/kit/context';
import { InSliceOf } from '@hub/kit/in-slice-of';
import { connectionOf } from '@hub/kit/page';
import { stub } from '@hub/kit/reference';
import { Searchable } from '@hub/kit/searchable';
import { sliced } from '@hub/kit/slice';
import { sortKey } from '@hub/kit/sort-key';
import type { Opt, Ref } from '@mikro-orm/core';
import { Entity, Enum, Index, ManyToOne, Property, Unique } from '@mikro-orm/decorators/legacy';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Ctx, Field, ObjectType, registerEnumType } from 'type-graphql';
import { Sited } from '../division/sited.ts';
import { MediaAccount } from '../media-account/media-account.ts';
import { Organisation } from '../organisation/organisation.ts';

export enum ContentKind {
  ARTICLE = 'ARTICLE',
  SHORT_VIDEO = 'SHORT_VIDEO',
  POSTER = 'POSTER',
  RELAY = 'RELAY',
}
registerEnumType(ContentKind, {
  name: 'ContentKind',
  description:
    'Kind of content: article, short video, poster, or the relay of another item (内容类型：文章、短视频、海报、转发).',
});

@Entity({ rowLevelSecurity: 'force', policies: sliced({ organisation: 'organisation_id' }) })
@ObjectType({ description: 'A published item of outreach (宣传内容).' })
@Unique({ properties: ['id', 'divisionCode'] })
@Index({ properties: ['divisionCode', 'publishedOn', 'id'] })
@Searchable({ table: 'content_item', parts: ['title'], pinyin: 'sort_key' })
export class ContentItem extends Sited {
  @Field(() => ContentKind, { description: 'Kind (内容类型).' })
  @Enum({ items: () => ContentKind })
  kind!: ContentKind;

  @Field({ description: 'Title (标题).' })
  @Property({ type: 'text' })
  title!: string;

  /** Pinyin of the title: the Chinese order, and what a search by pinyin meets. */
  @Property({ type: 'text', onCreate: (i: ContentItem) => sortKey(i.title), onUpdate: (i: ContentItem) => sortKey(i.title) })
  sortKey!: string & Opt;

  @Field(() => String, { nullable: true, description: 'Address, URL (链接).' })
  @Property({ type: 'text', nullable: true })
  url?: string | null;

  @ManyToOne(() => MediaAccount, { ref: true, index: true, nullable: true })
  account?: Ref<MediaAccount> | null;

  @ManyToOne(() => Organisation, { ref: true, createForeignKeyConstraint: false, index: true })
  organisation!: Ref<Organisation>;

  @InSliceOf(() => Organisation, 'organisation_id')
  organisationKey?: never;

  @Field(() => GraphQLLocalDate, { description: 'Published on, YYYY-MM-DD (发布日期).' })
  @Property({ type: 'date' })
  publishedOn!: string;

  @Field(() => String, { nullable: true, description: 'Theme it belongs to (主题).' })
  @Property({ type: 'text', nullable: true })
  theme?: string | null;

  @Field(() => Organisation, {
    name: 'organisation',
    nullable: true,
    description: 'Who published it; its own fields are null where you may not see it (发布单位).',
  })
  thePublisher(): Organisation | null {
    return stub(Organisation, this.organisation.id);
  }

  @Field(() => MediaAccount, {
    name: 'account',
    nullable: true,
    description: 'The account it appeared on, when you may see it (发布账号).',
  })
  theAccount(@Ctx() context: Context): Promise<MediaAccount | null> {
    return context.load(MediaAccount, this.account?.id);
  }
}

export const ContentItemConnection = connectionOf(ContentItem);
