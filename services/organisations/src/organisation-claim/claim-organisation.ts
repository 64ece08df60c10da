import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { Organisation } from '../organisation/organisation.ts';
import type { ClaimOrganisation } from './organisation-claim.input.ts';
import { OrganisationClaim, OrganisationClaimState } from './organisation-claim.ts';

const openAlready = (creditCode: string, which = '') =>
  new HubError(
    'CONFLICT',
    `creditCode: your claim to ${creditCode}${which} is open already: wait for the committee above, or withdraw it (已申请认领${creditCode}，请等待上级委员会处理，或先撤回).`,
  );

/**
 * Enters a claim. Only what the caller's own slice shows is looked at, so a code that another county has is answered like one that nobody
 * has.
 */
export async function claimOrganisation({ em, viewer }: Context, input: ClaimOrganisation): Promise<OrganisationClaim> {
  if (viewer.role !== 'COMMITTEE')
    throw new HubError('FORBIDDEN', 'Only a committee claims an organisation (只有委员会可以认领企业).');
  const { creditCode } = input;
  const { division: divisionCode } = viewer;
  const own = await em.findOne(Organisation, { creditCode });
  if (own)
    throw new HubError(
      'NOT_ALLOWED',
      `creditCode: ${creditCode} is on file in your own slice, in ${own.divisionCode}: change that file, or move it with moveOrganisation (${creditCode}已在您的辖区${own.divisionCode}登记，请直接修改或用 moveOrganisation 迁移).`,
    );
  const open = await em.findOne(OrganisationClaim, { creditCode, divisionCode, state: OrganisationClaimState.OPEN });
  if (open) throw openAlready(creditCode, ` (${open.id})`);
  const claim = em.create(OrganisationClaim, { ...input, divisionCode });
  try {
    await em.flush();
  } catch (error) {
    // Somebody of the same committee claimed it at the same moment.
    if (error instanceof UniqueConstraintViolationException) throw openAlready(creditCode);
    throw error;
  }
  return claim;
}
