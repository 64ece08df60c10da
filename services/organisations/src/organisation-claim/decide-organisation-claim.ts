import { becauseOf } from '@hub/kit/change';
import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { todayInChina } from '@hub/kit/possible-date';
import { contains } from '@hub/kit/viewer';
import { moveOrganisation } from '../organisation/move-organisation.ts';
import { Organisation, OrganisationStatus } from '../organisation/organisation.ts';
import { openClaim } from './open-claim.ts';
import { type DecideOrganisationClaim, OrganisationClaimDecision } from './organisation-claim.input.ts';
import { type OrganisationClaim, OrganisationClaimState } from './organisation-claim.ts';

/** Grants a claim, and moves the organisation in the same transaction, or declines it. */
export async function decideOrganisationClaim(
  context: Context,
  { id, expectedVersion, decision, note }: DecideOrganisationClaim,
): Promise<OrganisationClaim> {
  const { em, viewer } = context;
  const claim = await openClaim(em, id, expectedVersion);
  const { divisionCode } = claim;
  if (viewer.role !== 'COMMITTEE' || viewer.division === divisionCode || !contains(viewer.division, divisionCode))
    throw new HubError(
      'FORBIDDEN',
      `A claim of ${divisionCode} is decided by a committee above it (${divisionCode}的认领由其上级委员会处理).`,
    );
  if (decision === OrganisationClaimDecision.DECLINED && !note)
    throw new HubError('INVALID_INPUT', 'note: say why the claim is declined, 2 to 500 characters (驳回须填写处理意见).');
  claim.note = note;
  claim.decidedAt = new Date();
  claim.state = OrganisationClaimState[decision];
  if (decision === OrganisationClaimDecision.GRANTED) await moveToClaimant(context, claim);
  else {
    await becauseOf(em, note!);
    await em.flush();
  }
  return claim;
}

/** The move is an ordinary one, with the claim's reason; it writes the claim along. What was moved there by hand stays where it is. */
async function moveToClaimant(context: Context, { creditCode, divisionCode, reason }: OrganisationClaim): Promise<void> {
  const organisation = await context.em.findOne(Organisation, { creditCode });
  if (!organisation)
    throw new HubError(
      'NOT_ALLOWED',
      `${creditCode} is not on file in your slice: decline the claim, and the county may ask the committee above you (${creditCode}不在您的辖区，无法同意).`,
    );
  if (organisation.status === OrganisationStatus.DISSOLVED)
    throw new HubError(
      'NOT_ALLOWED',
      `${creditCode} is dissolved, and a dissolved organisation does not move: decline the claim (${creditCode}已注销，不能迁移).`,
    );
  if (organisation.divisionCode === divisionCode) return context.em.flush();
  const { id, version: expectedVersion } = organisation;
  await moveOrganisation(context, { id, expectedVersion, divisionCode, movedOn: todayInChina(), reason });
}
