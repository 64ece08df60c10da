import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { askPeer } from '@hub/kit/peer';

/** A division a caller names must exist, says its owner; whether they may write there is row security's matter. */
export async function knownDivision({ viewer, peers, authorization }: Context, code: string): Promise<void> {
  if (viewer.division === code) return;
  const query = `query ($code: String!) { division(code: $code) { code } }`;
  const { division } = await askPeer<{ division: { code: string } | null }>(peers.organisations, authorization, query, { code });
  if (!division) throw new HubError('INVALID_INPUT', `There is no division ${code}: take a code from divisions(parent:).`);
}
