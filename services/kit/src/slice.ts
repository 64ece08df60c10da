import type { PolicyDef } from '@mikro-orm/core';
import { ancestors, fingerprintOf, interval, type Role, type Viewer } from './viewer.ts';

/** The database role each audience takes inside a transaction. PostgreSQL decides by it; no policy has an "or is admin". */
export const databaseRole: Record<Role, string> = {
  COMMITTEE: 'hub_committee',
  ORGANISATION: 'hub_organisation',
  PARTNER: 'hub_partner',
  REPORTING: 'hub_reporting',
  AUDITOR: 'hub_auditor',
  SERVICE: 'hub_service',
};

export interface Occasion {
  requestId: string;
  /** What the client calls its request. */
  clientRequestId?: string | undefined;
  /** Why a change is made; lands in its revisions. */
  reason?: string;
  /** The import batch a change belongs to. */
  batch?: string;
}

/** The transaction-local settings the policies and the revision triggers read. The role goes last, so one statement sets all. */
export function session(viewer: Viewer, occasion: Occasion): { variables: Record<string, string> } {
  const slice = interval(viewer.division);
  // A member organisation stands inside its division: what that division publishes is published to it too.
  const above = viewer.role === 'ORGANISATION' ? [viewer.division, ...ancestors(viewer.division)] : ancestors(viewer.division);
  return {
    variables: {
      'hub.slice_from': slice.from,
      'hub.slice_to': slice.to,
      'hub.ancestors': above.join(','),
      'hub.organisation': viewer.organisation ?? '',
      'hub.actor': viewer.actor,
      'hub.viewer': fingerprintOf(viewer),
      'hub.request': occasion.requestId,
      'hub.client_request': occasion.clientRequestId ?? '',
      'hub.reason': occasion.reason ?? '',
      'hub.batch': occasion.batch ?? '',
      role: databaseRole[viewer.role],
    },
  };
}

// Bare, not wrapped in a select: the planner then knows how much of a table the slice is. Wrapped, it takes every slice for a
// handful of rows and joins whole tables by nested loops (docs/decisions/bare-settings-in-policies.md).
const setting = (name: string) => `current_setting('hub.${name}')`;
export const ownOrganisation = `${setting('organisation')}::uuid`;
export const inSlice = (column = 'division_code') =>
  `${column} >= ${setting('slice_from')} and ${column} < ${setting('slice_to')}`;
/**
 * SQL for "this row belongs to the viewer's own organisation, which stands where the viewer does". Such a row is in its organisation's
 * division always, so a grant or a token of before a move opens nothing after it. What is only shared with an organisation stands
 * anywhere: compare `ownOrganisation` alone.
 */
export const ofOwnOrganisation = (column: string) => `${column} = ${ownOrganisation} and ${inSlice()}`;
/** Rows of the divisions above the viewer; for a member organisation also of its own. */
export const ofDivisionsAbove = `division_code = any (string_to_array(current_setting('hub.ancestors'), ','))`;
const publishedToMe = `published_downward and ${ofDivisionsAbove}`;

export interface Audiences {
  /** The column of the organisation a row belongs to, or SQL for "this row is the viewer's". Omitted: organisations see nothing. */
  organisation?: string;
  /** Commands a member organisation may use on its own rows besides reading. */
  organisationWrites?: ('insert' | 'update')[];
  /** The same for a partner, mostly SQL for "this row is shared with it". Omitted: partners see nothing. */
  partner?: string;
  /** Commands a partner may use on rows shared with it besides reading. */
  partnerWrites?: ('insert' | 'update')[];
  /** The table has `published_downward`: rows of the divisions above are readable. */
  published?: boolean;
  /** False for rows that are nothing but personal or internal. */
  reporting?: boolean;
}

/** The policies of a table whose rows belong to divisions. */
export function sliced({
  organisation,
  organisationWrites = [],
  partner,
  partnerWrites = [],
  published,
  reporting = true,
}: Audiences = {}): PolicyDef[] {
  const policies: PolicyDef[] = [{ name: 'committee', roles: ['hub_committee'], using: inSlice(), check: inSlice() }];
  const reads = (name: string, role: string, using: string) => policies.push({ name, command: 'select', roles: [role], using });
  const writes = (name: string, role: string, commands: ('insert' | 'update')[], condition: string) => {
    for (const command of commands)
      policies.push({
        name: `${name}_${command}`,
        command,
        roles: [role],
        check: condition,
        ...(command === 'update' && { using: condition }),
      });
  };
  if (reporting) reads('reporting', 'hub_reporting', inSlice());
  if (organisation) {
    const own = /^\w+$/.test(organisation) ? ofOwnOrganisation(organisation) : organisation;
    reads('organisation', 'hub_organisation', own);
    writes('organisation', 'hub_organisation', organisationWrites, own);
  }
  if (partner) {
    const shared = /^\w+$/.test(partner) ? ofOwnOrganisation(partner) : partner;
    reads('partner', 'hub_partner', shared);
    writes('partner', 'hub_partner', partnerWrites, shared);
  }
  if (published) {
    reads('committee_published', 'hub_committee', publishedToMe);
    reads('organisation_published', 'hub_organisation', publishedToMe);
    reads('reporting_published', 'hub_reporting', publishedToMe);
  }
  return policies;
}

/** Readable by every audience: public reference data such as the divisions. Written only by migrations. */
export const publicToRead = (): PolicyDef[] => [
  { name: 'everyone', command: 'select', roles: Object.values(databaseRole), using: 'true' },
];
