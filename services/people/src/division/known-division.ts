import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { askPeer } from '@hub/kit/peer';

const query = `query ($code: String!) { division(code: $code) { code } }`;

/** A division a caller names must exist; whether they may write there is row security's matter. */
export async function knownDivision({ peers, authorization }: Context, code: string): Promise<string> {
  const { division } = await askPeer<{ division: unknown }>(peers.organisations, authorization, query, { code });
  if (!division) throw new HubError('INVALID_INPUT', `There is no division ${code}: take a code from divisions(parent:).`);
  return code;
}
