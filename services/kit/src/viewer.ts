import { createHash } from 'node:crypto';

/** Who asks, and which slice of the divisions they hold. Made from a verified token only (see token.ts). */
export const roles = ['COMMITTEE', 'ORGANISATION', 'PARTNER', 'REPORTING', 'AUDITOR', 'SERVICE'] as const;
export type Role = (typeof roles)[number];

export interface Viewer {
  /**
   * Who acts, qualified by kind and issuer, so that no name can pass for another's: `account:<id>`, `client:<client_id>`, `operator:<name>`,
   * `service:<name>`, or `<issuer>|<subject>` of another issuer. Written into every revision.
   */
  actor: string;
  role: Role;
  /** Division code the viewer stands at, 6 digits (GB/T 2260); `000000` is the whole country. */
  division: string;
  /** The member organisation or partner the viewer acts for; only for ORGANISATION and PARTNER. */
  organisation?: string;
  scopes: ReadonlySet<string>;
  /** When the person last signed in, seconds since 1970; only for accounts of the hub's own identity service. */
  signedInAt?: number;
}

export const isDivisionCode = (code: string) => /^\d{6}$/.test(code);

/** The half-open interval of codes below a division: `220100` is `['2201', '2202')`. Compare under collation C. */
export function interval(code: string): { from: string; to: string } {
  const prefix = code.replace(/(00)+$/, '');
  if (prefix === '') return { from: '0', to: ':' };
  return { from: prefix, to: String(Number(prefix) + 1).padStart(prefix.length, '0') };
}

export const contains = (division: string, code: string) => code >= interval(division).from && code < interval(division).to;

/** The divisions above a code, nearest first: `220102` has `220100` and `220000`. */
export function ancestors(code: string): string[] {
  const above = [`${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`, '000000'];
  return above.filter(candidate => candidate !== code && contains(candidate, code));
}

export const mayReadPersonal = (viewer: Viewer) => viewer.scopes.has('people:personal');

const fingerprints = new WeakMap<Viewer, string>();

/** One text for all that a viewer is: who, in which role, where, for whom, with which scopes. */
export function fingerprintOf(viewer: Viewer): string {
  const { actor, role, division, organisation = null, scopes } = viewer;
  const known = fingerprints.get(viewer);
  if (known) return known;
  const all = JSON.stringify([actor, role, division, organisation, [...scopes].sort()]);
  const fingerprint = createHash('sha256').update(all).digest('base64url');
  fingerprints.set(viewer, fingerprint);
  return fingerprint;
}
