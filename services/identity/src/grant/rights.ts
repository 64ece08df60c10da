import { HubError } from '@hub/kit/errors';
import { contains, isDivisionCode, type Viewer } from '@hub/kit/viewer';
import type { EntityManager } from '@mikro-orm/postgresql';
import { administration, defaultScopes, isScope, scopes as knownScopes } from '../scopes.ts';
import type { GrantTerms } from './grant.input.ts';
import { Grant, type GrantRole } from './grant.ts';

/** Who holds a grant: an account or an API client. */
export interface Holder {
  id: string;
  divisionCode: string;
  /** Of an API client. */
  clientId?: string;
}

const isOneself = ({ actor }: Viewer, { id, clientId }: Holder) =>
  actor === (clientId === undefined ? `account:${id}` : `client:${clientId}`);

type Role = keyof typeof GrantRole;

const actsFor = (role: Role) => role === 'ORGANISATION' || role === 'PARTNER';

const neverOf: Partial<Record<Role, readonly string[]>> = {
  ORGANISATION: administration,
  AUDITOR: administration,
  PARTNER: [...administration, 'people:personal'],
  REPORTING: [...administration, 'people:personal'],
};

function assertSensible({ role, division, organisationId, validFrom, validTo }: GrantTerms, scopes: readonly string[]): void {
  const refuse = (message: string) => {
    throw new HubError('INVALID_INPUT', message);
  };
  if (!isDivisionCode(division)) refuse('division: 6 digits of GB/T 2260 (属地代码应为6位数字).');
  if (actsFor(role) && !organisationId) refuse(`organisationId: the role ${role} acts for one organisation, give its id.`);
  if (!actsFor(role) && organisationId) refuse(`organisationId: the role ${role} acts for no organisation, leave it out.`);
  if (validTo && validTo <= (validFrom ?? new Date())) refuse('validTo: must be later than validFrom (失效时间应晚于生效时间).');
  if (scopes.length === 0) refuse('scopes: give at least one.');
  const unknown = scopes.find(scope => !isScope(scope));
  if (unknown !== undefined) refuse(`scopes: there is no "${unknown}"; use any of ${knownScopes.join(' ')}.`);
  const never = scopes.filter(scope => neverOf[role]?.includes(scope));
  if (never.length > 0) refuse(`scopes: the role ${role} never holds ${never.join(' ')}.`);
}

const missingOf = (viewer: Viewer, scopes: readonly string[]) => scopes.filter(scope => !viewer.scopes.has(scope));

/** What somebody may grant: nothing to themselves, nothing beyond their own division and scopes, nor beyond the holder's division. */
export function termsFor(viewer: Viewer, holder: Holder | undefined, divisionCode: string, terms: GrantTerms) {
  const scopes = [...new Set(terms.scopes ?? defaultScopes(terms.role))];
  assertSensible(terms, scopes);
  if (holder && isOneself(viewer, holder))
    throw new HubError('NOT_ALLOWED', 'Nobody grants to themselves: ask another administrator.');
  if (!contains(viewer.division, terms.division))
    throw new HubError('FORBIDDEN', `You hold ${viewer.division}: a grant at ${terms.division} is more than you hold.`);
  if (!contains(divisionCode, terms.division))
    throw new HubError('NOT_ALLOWED', `Who is administered at ${divisionCode} is granted nothing at ${terms.division}.`);
  const missing = missingOf(viewer, scopes);
  if (missing.length > 0)
    throw new HubError('FORBIDDEN', `You do not hold ${missing.join(' ')}, so you cannot grant it.`, { missing });
  const { role, division, organisationId, validFrom, validTo, reason } = terms;
  return { role, division, organisationId, scopes, validFrom: validFrom ?? new Date(), validTo, reason, grantedBy: viewer.actor };
}

/** Only whoever holds as much as a grant gives may end it, and nobody their own. */
export function assertMayRevoke(viewer: Viewer, holder: Holder, { division, scopes }: Grant): void {
  if (isOneself(viewer, holder)) throw new HubError('NOT_ALLOWED', 'Nobody revokes their own grant: ask another administrator.');
  if (!contains(viewer.division, division))
    throw new HubError('FORBIDDEN', `You hold ${viewer.division}: a grant at ${division} is more than you hold.`);
  const missing = missingOf(viewer, scopes);
  if (missing.length > 0) throw new HubError('FORBIDDEN', `It gives ${missing.join(' ')}, which you do not hold.`, { missing });
}

/** Whoever can give somebody new credentials can act as them: it takes everything they hold. */
export async function assertHoldsAsMuch(em: EntityManager, viewer: Viewer, holder: Holder): Promise<void> {
  const held = await em.find(Grant, {
    $and: [
      { $or: [{ accountId: holder.id }, { clientId: holder.id }] },
      { $or: [{ validTo: null }, { validTo: { $gt: new Date() } }] },
    ],
    revokedAt: null,
  });
  const beyond = held.find(({ division }) => !contains(viewer.division, division));
  if (beyond) throw new HubError('FORBIDDEN', `It holds a grant at ${beyond.division}, which is more than you hold.`);
  const missing = missingOf(viewer, [...new Set(held.flatMap(({ scopes }) => scopes))]);
  if (missing.length > 0) throw new HubError('FORBIDDEN', `It holds ${missing.join(' ')}, which you do not hold.`, { missing });
}
