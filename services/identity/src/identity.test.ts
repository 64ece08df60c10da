import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keySet, tokenVerifier } from '@hub/kit/token';
import { roles } from '@hub/kit/viewer';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair } from 'jose';
import { type InstallationKey, installationKey } from './installation-key.ts';
import { defaultScopes, scopes } from './scopes.ts';
import { signToken } from './sign-token.ts';

const organisation = '0b8f3f0c-6a50-4c43-9d0a-4f2d9c1a7e11';

let directory: string;
let key: InstallationKey;
/** A folder within the test's own, which goes with it. */
const newDirectory = () => mkdtemp(join(directory, 'other-'));

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hub-identity-'));
  key = await installationKey(directory);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const verified = async (token: string) => tokenVerifier(await keySet(key.jwksUrl), 'urn:hub')(`Bearer ${token}`);

describe('the installation key', () => {
  it('is made once and kept', async () => {
    const before = await readFile(join(directory, 'identity', 'key.json'), 'utf8');
    const again = await installationKey(directory);
    expect(await readFile(join(directory, 'identity', 'key.json'), 'utf8')).toBe(before);
    expect((await verified(await signToken(again, { role: 'COMMITTEE', division: '220100' }))).division).toBe('220100');
  });

  it('is one key when several processes start at once', async () => {
    const shared = await newDirectory();
    const kids = (await Promise.all([1, 2, 3, 4].map(() => installationKey(shared)))).map(one =>
      signToken(one, { role: 'COMMITTEE', division: '220100' }),
    );
    expect(new Set((await Promise.all(kids)).map(token => decodeProtectedHeader(token).kid)).size).toBe(1);
  });

  it('made for EdDSA goes on signing with it', async () => {
    const older = await newDirectory();
    const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
    await mkdir(join(older, 'identity'));
    await writeFile(join(older, 'identity', 'key.json'), JSON.stringify({ ...(await exportJWK(privateKey)), kid: 'older' }));
    const opened = await installationKey(older);
    const token = await signToken(opened, { role: 'COMMITTEE', division: '220100' });
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'EdDSA', typ: 'at+jwt', kid: 'older' });
    const verify = tokenVerifier(await keySet(opened.jwksUrl), 'urn:hub');
    expect(await verify(`Bearer ${token}`)).toMatchObject({ division: '220100' });
  });

  it('keeps the private half to its owner and out of the public key set', async () => {
    expect((await stat(join(directory, 'identity', 'key.json'))).mode & 0o777).toBe(0o600);
    const { keys } = JSON.parse(await readFile(new URL(key.jwksUrl), 'utf8'));
    expect(keys).toHaveLength(1);
    expect(keys[0]).not.toHaveProperty('d');
  });

  it('that is damaged is refused in one line', async () => {
    const damaged = await newDirectory();
    await installationKey(damaged);
    await writeFile(join(damaged, 'identity', 'key.json'), '{');
    await expect(installationKey(damaged)).rejects.toThrow(/^The key in .*key\.json cannot be used: [^\n]+$/);
  });
});

describe('a token', () => {
  it.each(roles)('for %s is accepted by the verifier of the hub', async role => {
    const acts = role === 'ORGANISATION' || role === 'PARTNER';
    const viewer = await verified(await signToken(key, { role, division: '220102', ...(acts ? { organisation } : {}) }));
    expect(viewer).toEqual({
      actor: `${role === 'SERVICE' ? 'service' : 'operator'}:${role.toLowerCase()}-${acts ? organisation : '220102'}`,
      role,
      division: '220102',
      organisation: acts ? organisation : undefined,
      scopes: new Set(defaultScopes(role)),
    });
  });

  it('lives 15 minutes unless asked otherwise', async () => {
    const life = async (minutes?: number) => {
      const { iat, exp } = decodeJwt(await signToken(key, { role: 'COMMITTEE', division: '220100', minutes }));
      return exp! - iat!;
    };
    expect(await life()).toBe(900);
    expect(await life(60)).toBe(3_600);
  });

  it('carries the scopes and the actor asked for', async () => {
    const viewer = await verified(
      await signToken(key, { role: 'COMMITTEE', division: '220100', scopes: ['people:personal'], actor: 'wang' }),
    );
    expect(viewer).toMatchObject({ actor: 'operator:wang', scopes: new Set(['people:personal']) });
  });

  it('is refused when its claims make no sense', async () => {
    const refused = (claims: object) =>
      expect(signToken(key, { role: 'COMMITTEE', division: '220100', ...claims } as never)).rejects;
    await refused({ role: 'KING' }).toThrow('There is no role "KING"');
    await refused({ division: '2201' }).toThrow('"2201" is no division code');
    await refused({ role: 'PARTNER' }).toThrow('The role PARTNER acts for one organisation');
    await refused({ organisation }).toThrow('The role COMMITTEE acts for no organisation');
    await refused({ role: 'ORGANISATION', organisation: '7' }).toThrow('"7" is no organisation id');
    await refused({ scopes: ['people:raed'] }).toThrow('There is no scope "people:raed"');
    await refused({ minutes: Number.NaN }).toThrow('not NaN');
  });
});

describe('default scopes', () => {
  it.each(['people:personal', 'accounts:read', 'accounts:write'] as const)('never hold %s', scope => {
    expect(roles.filter(role => defaultScopes(role).includes(scope))).toEqual([]);
  });

  it('give a committee everything else', () => {
    expect(defaultScopes('COMMITTEE')).toHaveLength(scopes.length - 3);
  });
});
