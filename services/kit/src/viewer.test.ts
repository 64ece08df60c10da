import { describe, expect, it } from '@jest/globals';
import { ancestors, contains, fingerprintOf, interval, type Viewer } from './viewer.ts';

describe('the fingerprint of a viewer', () => {
  const scopes = new Set(['organisations:read', 'organisations:write']);
  const viewer: Viewer = { actor: 'account:a', role: 'ORGANISATION', division: '220102', organisation: 'o', scopes };

  it.each<[keyof Viewer, Partial<Viewer>]>([
    ['actor', { actor: 'client:a' }],
    ['role', { role: 'PARTNER' }],
    ['division', { division: '220103' }],
    ['organisation', { organisation: 'p' }],
    ['scopes', { scopes: new Set(['organisations:read']) }],
  ])('tells another %s apart', (_name, other) => {
    expect(fingerprintOf({ ...viewer, ...other })).not.toBe(fingerprintOf(viewer));
  });

  it('is the same whenever they signed in, and in whichever order their scopes stand', () => {
    const again = { ...viewer, signedInAt: 1, scopes: new Set([...scopes].toReversed()) };
    expect(fingerprintOf(again)).toBe(fingerprintOf(viewer));
  });
});

describe('a slice', () => {
  it.each([
    ['220102', '220102', '220103'],
    ['220109', '220109', '220110'],
    ['220199', '220199', '220200'],
    ['220100', '2201', '2202'],
    ['220000', '22', '23'],
    ['000000', '0', ':'],
  ])('of %s is the interval [%s, %s)', (code, from, to) => expect(interval(code)).toEqual({ from, to }));

  it('holds itself and what is below it, not its neighbours and not what is above', () => {
    expect(contains('220100', '220102')).toBe(true);
    expect(contains('220102', '220102')).toBe(true);
    expect(contains('220102', '220102001')).toBe(true);
    expect(contains('220102', '220103')).toBe(false);
    expect(contains('220102', '220100')).toBe(false);
    expect(contains('220100', '220200')).toBe(false);
  });

  it('knows the divisions above it, nearest first', () => {
    expect(ancestors('220102')).toEqual(['220100', '220000', '000000']);
    expect(ancestors('220100')).toEqual(['220000', '000000']);
  });
});
