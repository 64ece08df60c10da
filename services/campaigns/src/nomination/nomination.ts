import { Context } from '@hub/kit/context';
import { connectionOf } from '@hub/kit/page';
import { stub } from '@hub/kit/reference';
import { ofOwnOrganisation, sliced } from '@hub/kit/slice';
import type { Opt, Ref } from '@mikro-orm/core';
import { Check, Entity, Enum, ManyToOne, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Ctx, Field, ObjectType, registerEnumType } from 'type-graphql';
import { Branch } from '../branch/branch.ts';
import { Campaign } from '../campaign/campaign.ts';
import { exactlyOne, OfPersonOrOrganisation } from '../person-or-organisation/of-person-or-organisation.ts';
import { PersonOrOrganisation } from '../person-or-organisation/person-or-organisation.ts';
import { Round } from '../round/round.ts';

export enum NominationState {
  DRAFT = 'DRAFT',
  SUBMITTED = 'SUBMITTED',
  ELIGIBLE = 'ELIGIBLE',
  REJECTED = 'REJECTED',
  ADVANCED = 'ADVANCED',
  ELIMINATED = 'ELIMINATED',
  AWARDED = 'AWARDED',
  WITHDRAWN = 'WITHDRAWN',
}
registerEnumType(NominationState, { name: 'NominationState', description: 'State of a nomination (推荐状态).' });

/** A member organisation enters its own nomination and submits or withdraws it; after that it is the organiser's. */
const own = ofOwnOrganisation('organisation_id');
const organisationWrites = [
  {
    name: 'organisation_insert',
    command: 'insert' as const,
    roles: ['hub_organisation'],
    check: `${own} and state in ('DRAFT', 'SUBMITTED')`,
  },
  {
    name: 'organisation_update',
    command: 'update' as const,
    roles: ['hub_organisation'],
    using: `${own} and state in ('DRAFT', 'SUBMITTED')`,
    check: `${own} and state in ('DRAFT', 'SUBMITTED', 'WITHDRAWN')`,
  },
];

@Entity({ rowLevelSecurity: 'force', policies: [...sliced({ organisation: 'organisation_id' }), ...organisationWrites] })
@ObjectType({ description: 'A person or an organisation nominated in a campaign (推荐人选).' })
@Unique({ properties: ['campaign', 'category', 'person'] })
@Unique({ properties: ['campaign', 'category', 'organisation'] })
@Check(exactlyOne)
export class Nomination extends OfPersonOrOrganisation {
  @ManyToOne(() => Campaign, { ref: true })
  campaign!: Ref<Campaign>;

  @ManyToOne(() => Round, { ref: true, index: true, nullable: true })
  round?: Ref<Round> | null;

  @ManyToOne(() => Branch, { ref: true, index: true, nullable: true })
  nominatedBy?: Ref<Branch> | null;

  @Field({ description: 'Title or category it competes for, such as 长春好网民 (奖项类别).' })
  @Property({ type: 'text' })
  category!: string;

  @Field(() => String, { nullable: true, description: 'Why the nominee deserves it (推荐理由).' })
  @Property({ type: 'text', nullable: true })
  statement?: string | null;

  @Field(() => [String], { description: 'Evidence: texts or URLs (佐证材料).' })
  @Property({ type: 'text[]', default: [] })
  evidence: Opt<string[]> = [];

  @Field(() => NominationState, { description: 'State (推荐状态).' })
  @Enum({ items: () => NominationState, default: NominationState.DRAFT })
  state: Opt<NominationState> = NominationState.DRAFT;

  @Field(() => PersonOrOrganisation, {
    nullable: true,
    description: 'Who is nominated; its own fields are null where you may not see it (推荐对象).',
  })
  nominee() {
    return this.whose();
  }

  @Field(() => Branch, {
    name: 'nominatedBy',
    nullable: true,
    description: 'The branch that nominated, when one did (推荐支部).',
  })
  theNominator(): Branch | null {
    return stub(Branch, this.nominatedBy?.id);
  }

  @Field(() => Campaign, { name: 'campaign', nullable: true, description: 'In which campaign, when you may see it (所属活动).' })
  theCampaign(@Ctx() context: Context): Promise<Campaign | null> {
    return context.load(Campaign, this.campaign.id);
  }

  @Field(() => Round, { name: 'round', nullable: true, description: 'The round it stands in, from submission on (所在轮次).' })
  theRound(@Ctx() context: Context): Promise<Round | null> {
    return context.load(Round, this.round?.id);
  }
}

export const NominationConnection = connectionOf(Nomination);
