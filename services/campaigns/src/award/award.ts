import { Context } from '@hub/kit/context';
import { connectionOf } from '@hub/kit/page';
import { Searchable } from '@hub/kit/searchable';
import { sliced } from '@hub/kit/slice';
import { sortKey } from '@hub/kit/sort-key';
import type { Opt, Ref } from '@mikro-orm/core';
import { Check, Entity, ManyToOne, Property, Unique } from '@mikro-orm/decorators/legacy';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Ctx, Field, ObjectType } from 'type-graphql';
import { Campaign } from '../campaign/campaign.ts';
import { Nomination } from '../nomination/nomination.ts';
import { exactlyOne, OfPersonOrOrganisation } from '../person-or-organisation/of-person-or-organisation.ts';
import { PersonOrOrganisation } from '../person-or-organisation/person-or-organisation.ts';

@Entity({ rowLevelSecurity: 'force', policies: sliced({ organisation: 'organisation_id' }) })
@ObjectType({ description: 'An honour conferred on a person or an organisation (荣誉).' })
@Unique({ properties: ['campaign', 'certificateNo'] })
@Check(exactlyOne)
@Searchable({ table: 'award', parts: ['title'], pinyin: 'sort_key' })
export class Award extends OfPersonOrOrganisation {
  @ManyToOne(() => Campaign, { ref: true })
  campaign!: Ref<Campaign>;

  @ManyToOne(() => Nomination, { ref: true, index: true, nullable: true })
  nomination?: Ref<Nomination> | null;

  @Field({ description: 'Title, such as 长春好网民 (荣誉称号).' })
  @Property({ type: 'text' })
  title!: string;

  /** Pinyin of the title: the Chinese order, and what a search by pinyin meets. */
  @Property({ type: 'text', onCreate: (a: Award) => sortKey(a.title), onUpdate: (a: Award) => sortKey(a.title) })
  sortKey!: string & Opt;

  @Field(() => GraphQLLocalDate, { description: 'Conferred on, YYYY-MM-DD (授予日期).' })
  @Property({ type: 'date' })
  conferredOn!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Revoked on, YYYY-MM-DD (撤销日期).' })
  @Property({ type: 'date', nullable: true })
  revokedOn?: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was revoked (撤销原因).' })
  @Property({ type: 'text', nullable: true })
  revokeReason?: string | null;

  @Field(() => String, { nullable: true, description: 'Number of the certificate, unique in the campaign (证书编号).' })
  @Property({ type: 'text', nullable: true })
  certificateNo?: string | null;

  @Field(() => PersonOrOrganisation, {
    nullable: true,
    description: 'Who received it; its own fields are null where you may not see it (获奖对象).',
  })
  recipient() {
    return this.whose();
  }

  @Field(() => Campaign, { name: 'campaign', nullable: true, description: 'In which campaign, when you may see it (所属活动).' })
  theCampaign(@Ctx() context: Context): Promise<Campaign | null> {
    return context.load(Campaign, this.campaign.id);
  }

  @Field(() => Nomination, { name: 'nomination', nullable: true, description: 'The nomination it came from (对应推荐).' })
  theNomination(@Ctx() context: Context): Promise<Nomination | null> {
    return context.load(Nomination, this.nomination?.id);
  }
}

export const AwardConnection = connectionOf(Award);
