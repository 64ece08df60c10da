import { Context } from '@hub/kit/context';
import { connectionOf } from '@hub/kit/page';
import { Row } from '@hub/kit/row';
import { sliced } from '@hub/kit/slice';
import type { Opt } from '@mikro-orm/core';
import { Entity, Enum, Index, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Ctx, Field, GraphQLISODateTime, ObjectType, registerEnumType } from 'type-graphql';
import { Division } from '../division/division.ts';
import { Organisation } from '../organisation/organisation.ts';

export enum OrganisationClaimState {
  OPEN = 'OPEN',
  GRANTED = 'GRANTED',
  DECLINED = 'DECLINED',
  WITHDRAWN = 'WITHDRAWN',
}
registerEnumType(OrganisationClaimState, {
  name: 'OrganisationClaimState',
  description: 'State of a claim to an organisation (认领状态).',
  valuesConfig: {
    OPEN: { description: 'The committee above has not decided yet (待处理).' },
    GRANTED: { description: 'The organisation moved to the division that claimed it (已同意).' },
    DECLINED: { description: 'It stays where it is; the note says why (已驳回).' },
    WITHDRAWN: { description: 'The committee that claimed it took the claim back (已撤回).' },
  },
});

/**
 * Belongs to the division that claims, so that the committees above see it and the county that has the organisation does not. It holds a
 * credit code and no reference: whether anybody has the code must not show in it.
 */
@Entity({ rowLevelSecurity: 'force', policies: sliced({ reporting: false }) })
@ObjectType({ description: 'A claim of a committee to an organisation that is on file elsewhere (企业归属认领).' })
@Unique({ name: 'organisation_claim_open', properties: ['divisionCode', 'creditCode'], where: "state = 'OPEN'" })
@Index({ properties: ['divisionCode', 'createdAt', 'id'] })
export class OrganisationClaim extends Row {
  @Field({ description: 'Unified social credit code that is claimed, 18 characters (统一社会信用代码).' })
  @Property({ type: 'text' })
  creditCode!: string;

  @Field(() => Division, { description: 'The division whose committee claims it (申请属地).' })
  by(@Ctx() context: Context): Promise<Division | null> {
    return context.load(Division, this.divisionCode, 'code');
  }

  @Field(() => Organisation, {
    nullable: true,
    description: 'The organisation of the code, where your slice has it (涉及企业).',
  })
  organisation(@Ctx() context: Context): Promise<Organisation | null> {
    return context.load(Organisation, this.creditCode, 'creditCode');
  }

  @Field({ description: 'Why it is claimed (申请理由).' })
  @Property({ type: 'text' })
  reason!: string;

  @Field(() => OrganisationClaimState, { description: 'State (认领状态).' })
  @Enum({ items: () => OrganisationClaimState, default: OrganisationClaimState.OPEN })
  state: Opt<OrganisationClaimState> = OrganisationClaimState.OPEN;

  @Field(() => String, { nullable: true, description: 'What the committee that decided has to say (处理意见).' })
  @Property({ type: 'text', nullable: true })
  note?: string | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When it was granted, declined or withdrawn, ISO 8601 (处理时间).',
  })
  @Property({ type: 'timestamptz', nullable: true })
  decidedAt?: Date | null;
}

export const OrganisationClaimConnection = connectionOf(OrganisationClaim);
