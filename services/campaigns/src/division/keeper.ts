import { HubError } from '@hub/kit/errors';
import { contains, type Viewer } from '@hub/kit/viewer';

/**
 * Only a committee at or above a campaign's division decides in it: those it is published to read it. Asked before a write, for row
 * security would let the update of a row that is readable only pass by silently.
 */
export const notKeeper = ({ role, division }: Viewer, campaign: { divisionCode: string } | null): HubError | undefined =>
  role === 'COMMITTEE' && campaign && contains(division, campaign.divisionCode)
    ? undefined
    : new HubError('FORBIDDEN', 'Only a committee at or above the campaign decides this.');

export function mustKeep(viewer: Viewer, campaign: { divisionCode: string } | null): void {
  const refused = notKeeper(viewer, campaign);
  if (refused) throw refused;
}
