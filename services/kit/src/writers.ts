import type { Viewer } from './viewer.ts';

const prefix = 'role:';

/** On a field of an input: only a committee writes it, whatever others hold. Stands in `@needs` beside scopes, and is checked where they are. */
export const onlyCommittee = `${prefix}COMMITTEE`;

/** A need that a role meets. Unlike a scope it is asked of null as well: emptying a field changes it. */
export const isOfRole = (need: string) => need.startsWith(prefix);

/** What a viewer holds: their scopes, none of which can pass for a role, and their role. */
export function heldBy({ role, scopes }: Pick<Viewer, 'role' | 'scopes'>): Pick<ReadonlySet<string>, 'has'> {
  const own = `${prefix}${role}`;
  return { has: need => (isOfRole(need) ? need === own : scopes.has(need)) };
}
