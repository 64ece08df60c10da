import { compareKey } from '@hub/kit/compare-key';
import { connectionOf } from '@hub/kit/page';
import { Searchable } from '@hub/kit/searchable';
import { sliced } from '@hub/kit/slice';
import { sortKey } from '@hub/kit/sort-key';
import type { Opt } from '@mikro-orm/core';
import { Check, Entity, Index, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType } from 'type-graphql';
import { exactlyOne, OfPersonOrOrganisation } from '../person-or-organisation/of-person-or-organisation.ts';
import { PersonOrOrganisation } from '../person-or-organisation/person-or-organisation.ts';

@Entity({ rowLevelSecurity: 'force', policies: sliced({ organisation: 'organisation_id' }) })
@ObjectType({ description: 'An account on a platform, of an organisation or of a creator (新媒体账号).' })
@Unique({ properties: ['platform', 'handle'] })
@Index({ properties: ['handleKey'] })
@Check(exactlyOne)
@Searchable({ table: 'media_account', parts: ['handle'], pinyin: 'sort_key' })
export class MediaAccount extends OfPersonOrOrganisation {
  @Field({ description: 'Platform, such as 微信公众号 or 抖音 (平台).' })
  @Property({ type: 'text' })
  platform!: string;

  @Field({ description: 'Name of the account, unique on its platform (账号名称).' })
  @Property({ type: 'text' })
  handle!: string;

  /** Pinyin of the handle: the Chinese order, and what a search by pinyin meets. */
  @Property({
    type: 'text',
    onCreate: (a: MediaAccount) => sortKey(a.handle),
    onUpdate: (a: MediaAccount) => sortKey(a.handle),
  })
  sortKey!: string & Opt;

  /** What it is found by in ledgers and by its name. */
  @Property({
    type: 'text',
    nullable: true,
    onCreate: (a: MediaAccount) => compareKey(a.handle),
    onUpdate: (a: MediaAccount) => compareKey(a.handle),
  })
  handleKey?: string & Opt;

  @Field(() => Int, { nullable: true, description: 'Followers when last entered, count (粉丝数).' })
  @Property({ type: 'integer', nullable: true })
  followers?: number | null;

  @Field(() => PersonOrOrganisation, {
    nullable: true,
    description: 'Whose it is; its own fields are null where you may not see it (账号主体).',
  })
  owner() {
    return this.whose();
  }
}

export const MediaAccountConnection = connectionOf(MediaAccount);
