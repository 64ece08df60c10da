import { serviceScopes } from '@hub/kit/services-client';
import type { Role } from '@hub/kit/viewer';

const reads = ['organisations:read', 'people:read', 'campaigns:read', 'programs:read'] as const;
const writes = ['organisations:write', 'people:write', 'campaigns:write', 'programs:write'] as const;
const personal = 'people:personal';
/** Only for committees, see kit/token.ts. */
export const administration = ['accounts:read', 'accounts:write'] as const;

/** Every scope a token can carry. */
export const scopes = [
  ...reads,
  ...writes,
  personal,
  'imports:write',
  'history:read',
  'changes:read',
  ...administration,
] as const;
export type Scope = (typeof scopes)[number];

const onRequest: readonly Scope[] = [personal, ...administration];

/** A sign-in has these only if the application asks for them by name, when they are needed: whatever its token falls into has less. */
export const sensitive: readonly string[] = [personal, 'accounts:write'];

const defaults: Record<Role, readonly Scope[]> = {
  COMMITTEE: scopes.filter(scope => !onRequest.includes(scope)),
  ORGANISATION: [...reads, 'organisations:write', 'campaigns:write', 'history:read'],
  PARTNER: ['programs:read', 'organisations:read', 'changes:read', 'programs:write'],
  REPORTING: [...reads, 'changes:read'],
  AUDITOR: [...reads, 'history:read', 'changes:read'],
  SERVICE: serviceScopes,
};

/** What a role may do when nothing else is asked for; personal fields and the administration of accounts are asked for by name. */
export const defaultScopes = (role: Role): readonly Scope[] => defaults[role];

export const isScope = (scope: string): scope is Scope => (scopes as readonly string[]).includes(scope);
