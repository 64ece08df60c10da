import { audience, installationIssuer } from '@hub/kit/token';
import { isDivisionCode, type Role, roles } from '@hub/kit/viewer';
import { IdentityFailure } from './identity-failure.ts';
import type { InstallationKey } from './installation-key.ts';
import { scopes as allScopes, defaultScopes, isScope } from './scopes.ts';

export interface TokenClaims {
  role: Role;
  /** Division code the viewer stands at; `000000` is the whole country. */
  division: string;
  /** Id of the organisation acted for; required for ORGANISATION and PARTNER, refused for others. */
  organisation?: string;
  scopes?: readonly string[];
  /** Subject of the token, written into every revision. */
  actor?: string;
  minutes?: number;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Signs an access token of the installation for a viewer. */
export async function signToken(key: InstallationKey, claims: TokenClaims): Promise<string> {
  check(claims);
  const { role, division, organisation, minutes = 15 } = claims;
  const now = Math.floor(Date.now() / 1000);
  return key.sign({
    iss: installationIssuer,
    aud: audience,
    sub: claims.actor ?? `${role.toLowerCase()}-${organisation ?? division}`,
    iat: now,
    exp: now + Math.round(minutes * 60),
    scope: (claims.scopes ?? defaultScopes(role)).join(' '),
    hub: { role, division, ...(organisation ? { organisation } : {}) },
  });
}

function check({ role, division, organisation, scopes = [], actor, minutes = 15 }: TokenClaims): void {
  const problem = (message: string) => {
    throw new IdentityFailure(message);
  };
  if (!roles.includes(role)) problem(`There is no role "${role}": use one of ${roles.join(', ')}.`);
  if (!isDivisionCode(division)) problem(`"${division}" is no division code: give its 6 digits, such as 220102.`);
  const acts = role === 'ORGANISATION' || role === 'PARTNER';
  if (acts && !organisation) problem(`The role ${role} acts for one organisation: give its id.`);
  if (!acts && organisation) problem(`The role ${role} acts for no organisation: leave it out.`);
  if (organisation && !uuid.test(organisation)) problem(`"${organisation}" is no organisation id: give a UUID.`);
  const unknown = scopes.find(scope => !isScope(scope));
  if (unknown !== undefined) problem(`There is no scope "${unknown}": use any of ${allScopes.join(' ')}.`);
  if (actor !== undefined && (actor === '' || actor.length > 200)) problem('The actor must have 1 to 200 characters.');
  if (!(minutes > 0 && minutes <= 1_440)) problem(`A token lives for more than 0 and at most 1440 minutes, not ${minutes}.`);
}
