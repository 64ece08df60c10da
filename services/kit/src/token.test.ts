import { beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { tokenVerifier, type Verify } from './token.ts';

const hub = { role: 'COMMITTEE', division: '220102' };
const organisation = '6f1c1c9e-6d0f-4a51-8f0e-3a1f5d0f7c11';
let sign: (claims?: JWTPayload, header?: object) => Promise<string>;
let verify: Verify;

beforeAll(async () => {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  verify = tokenVerifier(createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k' }] }), 'urn:hub');
  sign = (claims = {}, header = {}) =>
    new SignJWT({
      iss: 'urn:hub',
      aud: 'hub',
      sub: 'somebody',
      scope: 'people:read people:personal',
      hub,
      exp: Math.floor(Date.now() / 1000) + 60,
      ...claims,
    })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'k', ...header })
      .sign(privateKey);
});

describe('a token', () => {
  it('names the viewer', async () => {
    expect(await verify(`Bearer ${await sign()}`)).toMatchObject({ actor: 'somebody', role: 'COMMITTEE', division: '220102' });
  });

  it.each([
    ['expired', { exp: 1 }, {}],
    ['of another issuer', { iss: 'urn:other' }, {}],
    ['for another audience', { aud: 'other' }, {}],
    ['without an end', { exp: undefined }, {}],
    ['not yet valid', { nbf: 4_000_000_000 }, {}],
    ['of another type', {}, { typ: 'JWT' }],
    ['of an unknown role', { hub: { role: 'ADMIN', division: '220102' } }, {}],
    ['with a division that is no code', { hub: { role: 'COMMITTEE', division: "2201' or 1=1" } }, {}],
    ['of a partner without its organisation', { hub: { role: 'PARTNER', division: '220100' } }, {}],
    ['of a committee with an organisation', { hub: { ...hub, organisation } }, {}],
  ])('%s is refused with one neutral error', async (_name, claims, header) => {
    await expect(sign(claims as JWTPayload, header).then(token => verify(`Bearer ${token}`))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: 'A valid access token is required.',
    });
  });

  it('of another key, unsigned, symmetric or missing is refused', async () => {
    const other = await generateKeyPair('EdDSA');
    const claims = { iss: 'urn:hub', aud: 'hub', sub: 's', scope: '', hub, exp: 4_000_000_000 };
    const forged = await new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'k' }).sign(other.privateKey);
    const symmetric = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: 'k' })
      .sign(new TextEncoder().encode('x'.repeat(32)));
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const none = `${encode({ alg: 'none', typ: 'at+jwt' })}.${encode(claims)}.`;
    for (const header of [forged, symmetric, none, 'x', ''].map(token => `Bearer ${token}`))
      await expect(verify(header)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(verify(undefined)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('of a partner or a reporting tool never carries people:personal', async () => {
    const reporting = await verify(`Bearer ${await sign({ hub: { role: 'REPORTING', division: '220100' } })}`);
    expect([...reporting.scopes]).toEqual(['people:read']);
  });
});
