import { Context } from '@hub/kit/context';
import { HistoryEntry, history } from '@hub/kit/history';
import { list, type Page, PageArgs } from '@hub/kit/page';
import { within } from '@hub/kit/within';
import type { FilterQuery } from '@mikro-orm/postgresql';
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { claimOrganisation } from './claim-organisation.ts';
import { decideOrganisationClaim } from './decide-organisation-claim.ts';
import {
  ClaimOrganisation,
  DecideOrganisationClaim,
  OrganisationClaimFilter,
  WithdrawOrganisationClaim,
} from './organisation-claim.input.ts';
import { OrganisationClaim, OrganisationClaimConnection } from './organisation-claim.ts';
import { withdrawOrganisationClaim } from './withdraw-organisation-claim.ts';

const matching = ({ division, state }: OrganisationClaimFilter = {}): FilterQuery<OrganisationClaim> => ({
  ...(state && { state }),
  ...(division && within(division)),
});

@Resolver(() => OrganisationClaim)
export class OrganisationClaimResolver {
  @Authorized('organisations:read')
  @Query(() => OrganisationClaimConnection, {
    nullable: true,
    description: 'Claims of your division and those below it, newest first (企业认领列表).',
  })
  organisationClaims(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => OrganisationClaimFilter, { nullable: true }) where: OrganisationClaimFilter,
    @Ctx() context: Context,
  ): Page<OrganisationClaim> {
    return list(context, OrganisationClaim, { page, where: matching(where), orderBy: [['createdAt', 'desc']] });
  }

  @Authorized('organisations:write')
  @Mutation(() => OrganisationClaim, {
    description:
      'Claims an organisation whose credit code cannot be entered in your slice; never says whether anybody has it. Errors: INVALID_INPUT, CONFLICT while your claim to it is open, NOT_ALLOWED when your own slice has it (认领企业).',
  })
  claimOrganisation(@Arg('input', () => ClaimOrganisation) input: ClaimOrganisation, @Ctx() context: Context) {
    return claimOrganisation(context, input);
  }

  @Authorized('organisations:write')
  @Mutation(() => OrganisationClaim, {
    description:
      'Grants a claim of a division below, which moves the organisation there today, or declines it. Errors: NOT_FOUND, VERSION_MISMATCH, FORBIDDEN for a claim of your own, NOT_ALLOWED once decided or where the organisation cannot move (处理认领).',
  })
  decideOrganisationClaim(@Arg('input', () => DecideOrganisationClaim) input: DecideOrganisationClaim, @Ctx() context: Context) {
    return decideOrganisationClaim(context, input);
  }

  @Authorized('organisations:write')
  @Mutation(() => OrganisationClaim, {
    description:
      'Takes a claim of your own back. Errors: NOT_FOUND, VERSION_MISMATCH, FORBIDDEN, NOT_ALLOWED once decided (撤回认领).',
  })
  withdrawOrganisationClaim(
    @Arg('input', () => WithdrawOrganisationClaim) input: WithdrawOrganisationClaim,
    @Ctx() context: Context,
  ) {
    return withdrawOrganisationClaim(context, input);
  }

  @Authorized('history:read')
  @FieldResolver(() => [HistoryEntry], { description: 'Its changes, newest first; needs history:read (变更历史).' })
  history(@Root() { id }: OrganisationClaim, @Ctx() context: Context) {
    return history(context, 'organisation_claim', id);
  }
}
