import { beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { readEnv } from './env.ts';
import { issuerEnv, verifierFrom } from './issuers.ts';
import { type ClaimNames, tokenVerifier, type Verify, verifierOf } from './token.ts';

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
    expect(await verify(`Bearer ${await sign()}`)).toMatchObject({
      actor: 'operator:somebody',
      role: 'COMMITTEE',
      division: '220102',
    });
  });

  it("is one of the hub's own services by its client and its subject together, whatever else it says", async () => {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA');
    const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k' }] });
    const issuer = 'https://city.example.org';
    const believing = verifierOf([{ issuer, keys, services: { client: 'hub', subject: 'robot-7' } }]);
    const roleOf = async (claims: JWTPayload, all = believing) => {
      const token = new SignJWT({ iss: issuer, aud: 'hub', hub, exp: Math.floor(Date.now() / 1000) + 60, ...claims });
      const signed = await token.setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'k' }).sign(privateKey);
      return all(`Bearer ${signed}`).then(
        ({ role, scopes }) => `${role} ${[...scopes]}`,
        ({ code }) => code,
      );
    };
    const service = { role: 'SERVICE', division: '000000' };
    expect(await roleOf({ sub: 'robot-7', client_id: 'hub', scope: 'people:personal' })).toBe(
      'SERVICE changes:read,history:read',
    );
    expect(await roleOf({ sub: 'robot-7', azp: 'hub' })).toBe('SERVICE changes:read,history:read');
    // Somebody who signed in by that client, another client that calls itself so, and who says it is one.
    expect(await roleOf({ sub: 'wang', client_id: 'hub' })).toBe('COMMITTEE ');
    expect(await roleOf({ sub: 'robot-7', client_id: 'other' })).toBe('COMMITTEE ');
    expect(await roleOf({ sub: 'robot-7', client_id: 'other', azp: 'hub' })).toBe('COMMITTEE ');
    expect(await roleOf({ sub: 'wang', client_id: 'hub', hub: service })).toBe('UNAUTHENTICATED');
    expect(await roleOf({ sub: 'robot-7', client_id: 'hub', hub: service }, verifierOf([{ issuer, keys }]))).toBe(
      'UNAUTHENTICATED',
    );
  });

  it('of an account, an API client, an operator and another issuer never name one actor, whatever they call themselves', async () => {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA');
    const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k' }] });
    const own = 'https://hub.example.org/identity';
    const all = verifierOf([
      { issuer: 'urn:hub', keys },
      { issuer: own, keys, isIdentity: true },
      { issuer: 'https://city.example.org', keys },
    ]);
    const actorOf = async (claims: JWTPayload) => {
      const token = new SignJWT({ aud: 'hub', sub: 'committee-220102', hub, exp: Math.floor(Date.now() / 1000) + 60, ...claims });
      return (await all(`Bearer ${await token.setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'k' }).sign(privateKey)}`))
        .actor;
    };
    expect([
      await actorOf({ iss: 'urn:hub' }),
      await actorOf({ iss: 'urn:hub', hub: { role: 'SERVICE', division: '000000' } }),
      await actorOf({ iss: own, client_id: 'committee-220102' }),
      await actorOf({ iss: own, client_id: 'explorer' }),
      await actorOf({ iss: 'https://city.example.org', client_id: 'committee-220102' }),
    ]).toEqual([
      'operator:committee-220102',
      'service:committee-220102',
      'client:committee-220102',
      'account:committee-220102',
      'https://city.example.org|committee-220102',
    ]);
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
  ])('%s is refused, and told no more than that it has expired or is not ours', async (name, claims, header) => {
    await expect(sign(claims as JWTPayload, header).then(token => verify(`Bearer ${token}`))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      extensions: { reason: name === 'expired' ? 'EXPIRED' : 'NOT_OURS' },
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
    const refused = (header: string | undefined, reason: string) =>
      expect(verify(header)).rejects.toMatchObject({ code: 'UNAUTHENTICATED', extensions: { reason } });
    for (const token of [forged, symmetric]) await refused(`Bearer ${token}`, 'NOT_OURS');
    for (const token of [none, 'x', '']) await refused(`Bearer ${token}`, 'MALFORMED');
    await refused(undefined, 'MISSING');
  });

  it('of a partner or a reporting tool never carries people:personal', async () => {
    const reporting = await verify(`Bearer ${await sign({ hub: { role: 'REPORTING', division: '220100' } })}`);
    expect([...reporting.scopes]).toEqual(['people:read']);
  });
});

describe('several issuers', () => {
  const elsewhere = 'https://login.example.org';
  const names: ClaimNames = {
    role: 'realm.role',
    division: 'https://example.org/dept',
    organisation: 'org',
    scope: 'permissions',
  };
  const theirs = {
    realm: { role: 'COMMITTEE' },
    'https://example.org/dept': '220102',
    permissions: ['people:read', 'accounts:read'],
  };
  let other: Verify;
  let signTheirs: (claims?: JWTPayload) => Promise<string>;

  beforeAll(async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    const ours = await generateKeyPair('EdDSA');
    const keysOf = async (key: (typeof ours)['publicKey']) =>
      createLocalJWKSet({ keys: [{ ...(await exportJWK(key)), kid: 'k' }] });
    other = verifierOf([
      { issuer: 'urn:hub', keys: await keysOf(ours.publicKey) },
      { issuer: elsewhere, keys: await keysOf(publicKey), audience: 'city', algorithms: ['RS256'], claims: names },
    ]);
    signTheirs = (claims = {}) =>
      new SignJWT({ iss: elsewhere, aud: 'city', sub: 'somebody', exp: Math.floor(Date.now() / 1000) + 60, ...theirs, ...claims })
        .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: 'k' })
        .sign(privateKey);
  });

  const refused = async (claims: JWTPayload) =>
    expect(other(`Bearer ${await signTheirs(claims)}`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });

  it('say their claims by names of their own', async () => {
    expect(await other(`Bearer ${await signTheirs()}`)).toEqual({
      actor: `${elsewhere}|somebody`,
      role: 'COMMITTEE',
      division: '220102',
      organisation: undefined,
      scopes: new Set(['people:read', 'accounts:read']),
    });
  });

  it('are each held to their own name, key and audience', async () => {
    await refused({ iss: 'urn:hub', aud: 'hub', scope: '', hub });
    await refused({ aud: 'hub' });
    await refused({ iss: 'https://nobody.example.org' });
  });

  it('may be of a clock a few seconds ahead of ours, and no more', async () => {
    const soon = (seconds: number) => signTheirs({ nbf: Math.floor(Date.now() / 1000) + seconds });
    expect((await other(`Bearer ${await soon(3)}`)).role).toBe('COMMITTEE');
    await refused({ nbf: Math.floor(Date.now() / 1000) + 60 });
  });

  it('cannot speak for the processes of the hub, nor hand administration to others than committees', async () => {
    await refused({ realm: { role: 'SERVICE' } });
    const { scopes } = await other(`Bearer ${await signTheirs({ realm: { role: 'AUDITOR' } })}`);
    expect([...scopes]).toEqual(['people:read']);
  });

  it('come from the environment, which is checked at the start', async () => {
    await expect(verifierFrom({ HUB_JWKS: 'file:///nowhere.json', HUB_ISSUER_AUDIENCE: 'hub' })).rejects.toThrow(
      'The key set cannot be read at file:///nowhere.json (HUB_JWKS).',
    );
  });
});

describe('the environment', () => {
  it('takes another issuer by https, or on this machine', () => {
    const read = (HUB_ISSUER: string) => readEnv({ HUB_ISSUER: issuerEnv.HUB_ISSUER }, { HUB_ISSUER }).HUB_ISSUER;
    for (const fine of ['https://id.example.org', 'http://127.0.0.1:8080/realm', 'http://localhost:8080'])
      expect(read(fine)).toBe(fine);
    for (const open of ['http://id.example.org', 'http://127.0.0.1.example.org', 'ftp://id.example.org'])
      expect(() => read(open)).toThrow(/HUB_ISSUER is "\S+": must be (an )?https:/);
  });

  it('takes a mapping of claims, and refuses one that makes no sense', () => {
    const read = (HUB_ISSUER_CLAIMS: string) =>
      readEnv({ mapping: issuerEnv.HUB_ISSUER_CLAIMS }, { mapping: HUB_ISSUER_CLAIMS }).mapping;
    expect(read('{"role":"realm.role"}')).toMatchObject({ role: 'realm.role', division: 'hub.division', scope: 'scope' });
    for (const wrong of ['role', '{"rule":"x"}', '{"role":1}'])
      expect(() => read(wrong)).toThrow('The environment is not usable');
  });
});
