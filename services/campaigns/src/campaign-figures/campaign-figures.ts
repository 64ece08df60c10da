import { AsOf } from '@hub/kit/figures';
import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Figures of a division from the campaigns domain (评选与宣传类指标).' })
export class CampaignFigures extends AsOf {
  @Field(() => Int, { description: 'Campaigns of the division, count (活动数).' })
  campaigns!: number;
  @Field(() => Int, { description: 'Nominations of nominees in the division, in any state, count (推荐数).' })
  nominations!: number;
  @Field(() => Int, { description: 'Awards that are not revoked, count (有效荣誉数).' })
  awards!: number;
  @Field(() => Int, { description: 'People with an award that is not revoked, persons (获奖人数，人).' })
  awardedPeople!: number;
  @Field(() => Int, { description: 'Organisations with an award that is not revoked, count (获奖企业数).' })
  awardedOrganisations!: number;
  @Field(() => Int, { description: 'Published items of the theme, or of all, count (宣传内容数).' })
  contentItems!: number;
  @Field(() => Int, { description: 'Articles among them, count (文章数).' })
  articles!: number;
  @Field(() => Int, { description: 'Short videos among them, count (短视频数).' })
  shortVideos!: number;
  @Field(() => Int, { description: 'Posters among them, count (海报数).' })
  posters!: number;
  @Field(() => Int, { description: 'Relays among them, count (转发内容数).' })
  relays!: number;
  @Field(() => Float, { description: 'Reads of those items as last observed, count (阅读量，次).' })
  reads!: number;
  @Field(() => Float, { description: 'Reposts of those items as last observed, count (转发量，次).' })
  reposts!: number;
}
