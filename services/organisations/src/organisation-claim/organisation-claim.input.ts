import { IsOptional, Length } from 'class-validator';
import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { IsCreditCode } from '../organisation/credit-code.ts';
import { OrganisationClaimState } from './organisation-claim.ts';

@InputType({ description: 'A claim to an organisation that cannot be entered in your slice (认领企业).' })
export class ClaimOrganisation {
  @Field({ description: 'Unified social credit code, 18 characters (统一社会信用代码).' })
  @IsCreditCode()
  creditCode!: string;

  @Field({ description: 'Why it is yours, 2 to 500 characters (申请理由).' })
  @Length(2, 500)
  reason!: string;
}

export enum OrganisationClaimDecision {
  GRANTED = 'GRANTED',
  DECLINED = 'DECLINED',
}
registerEnumType(OrganisationClaimDecision, {
  name: 'OrganisationClaimDecision',
  description: 'What becomes of a claim (处理结果).',
  valuesConfig: {
    GRANTED: { description: 'The organisation moves to the division that claims it, today (同意).' },
    DECLINED: { description: 'It stays where it is (驳回).' },
  },
});

@InputType({ description: 'A decision about a claim (处理认领).' })
export class DecideOrganisationClaim {
  @Field(() => ID, { description: 'Which claim (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field(() => OrganisationClaimDecision, { description: 'Granted or declined (处理结果).' })
  decision!: OrganisationClaimDecision;

  @Field(() => String, {
    nullable: true,
    description: 'What the committee that claims it is told, 2 to 500 characters; required to decline (处理意见).',
  })
  @IsOptional()
  @Length(2, 500)
  note?: string | null;
}

@InputType({ description: 'A claim to take back (撤回认领).' })
export class WithdrawOrganisationClaim {
  @Field(() => ID, { description: 'Which claim (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;
}

@InputType({ description: 'Which claims; all conditions hold together (筛选条件).' })
export class OrganisationClaimFilter {
  @Field(() => OrganisationClaimState, { nullable: true, description: 'In this state (认领状态).' })
  state?: OrganisationClaimState;

  @Field({ nullable: true, description: 'By this division or those below it, 6 digits (申请属地代码).' })
  division?: string;
}
