import { createHmac, KeyObject, randomUUID, sign } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { privateKey, publicKey } from './test-tokens.ts';

const now = Math.floor(Date.now() / 1000);
const goodHeader = { alg: 'EdDSA', kid: 'test', typ: 'at+jwt' };
const goodClaims = {
  iss: 'urn:hub',
  aud: 'hub',
  sub: 'committee-220100',
  iat: now,
  exp: now + 600,
  scope: 'organisations:read people:read',
  hub: { role: 'COMMITTEE', division: '220100' } as Record<string, unknown>,
};

const base64 = (value: string | Buffer) => Buffer.from(value).toString('base64url');
const ed25519 = (input: string) => base64(sign(null, Buffer.from(input), KeyObject.from(privateKey)));

/** A token of these very texts, signed by the right key. */
export function signedAsWritten(header: string, claims: string): string {
  const input = `${base64(header)}.${base64(claims)}`;
  return `${input}.${ed25519(input)}`;
}
const signed = (claims: object = {}, header: object = {}) =>
  signedAsWritten(JSON.stringify({ ...goodHeader, ...header }), JSON.stringify({ ...goodClaims, ...claims }));
const hub = (claims: object) => signed({ hub: { ...goodClaims.hub, ...claims } });

/** The one token that must be let in: without it every refusal below would mean nothing. */
export const goodToken = () => signed();

const hmac = (secret: string, header: object) => {
  const input = `${base64(JSON.stringify(header))}.${base64(JSON.stringify(goodClaims))}`;
  return `${input}.${base64(createHmac('sha256', secret).update(input).digest())}`;
};

/** Authorization headers made by hand, none of which may let anybody in. */
export async function forgedAuthorizations(): Promise<[title: string, authorization: string | undefined][]> {
  const other = await generateKeyPair('EdDSA');
  const es256 = await generateKeyPair('ES256', { extractable: true });
  const spki = await exportSPKI(publicKey);
  const jwk = await exportJWK(publicKey);
  const otherJwk = await exportJWK(es256.publicKey);
  const by = (key: typeof privateKey, header: object = {}) =>
    new SignJWT(goodClaims).setProtectedHeader({ ...goodHeader, ...header } as never).sign(key);
  const good = goodToken();
  const [head, body, signature] = good.split('.') as [string, string, string];
  const none = (header: object) => `${base64(JSON.stringify({ ...goodHeader, ...header }))}.${body}.`;
  const tokens: [string, string][] = [
    ['alg none without a signature', none({ alg: 'none' })],
    ['alg None', none({ alg: 'None' })],
    ['alg none with the good signature', `${none({ alg: 'none' })}${signature}`],
    ['no signature', `${head}.${body}.`],
    ['two parts', `${head}.${body}`],
    ['five parts, as an encrypted token has', `${good}.${body}.${signature}`],
    ['HS256 with the public key as PEM', hmac(spki, { ...goodHeader, alg: 'HS256' })],
    ['HS256 with the public key as JWK', hmac(JSON.stringify(jwk), { ...goodHeader, alg: 'HS256' })],
    ['HS256 with the raw public key', hmac(jwk.x!, { ...goodHeader, alg: 'HS256' })],
    ['HS256 with an empty secret', hmac('', { ...goodHeader, alg: 'HS256' })],
    ['another key under the same kid', await by(other.privateKey)],
    ['another key and kid', await by(other.privateKey, { kid: await calculateJwkThumbprint(otherJwk) })],
    ['another key that the token brings along', await by(es256.privateKey, { alg: 'ES256', jwk: otherJwk })],
    ['another key the token points to', await by(other.privateKey, { jku: 'http://127.0.0.1:9/jwks.json' })],
    ['a kid that is a path', await by(other.privateKey, { kid: '../../../../dev/null' })],
    ['a kid that is SQL', await by(other.privateKey, { kid: "' or 1=1 --" })],
    [
      'changed claims under the good signature',
      `${head}.${base64(JSON.stringify({ ...goodClaims, sub: 'mayor' }))}.${signature}`,
    ],
    ['a changed signature', `${head}.${body}.${signature.slice(0, -4)}AAAA`],
    ['typ JWT', signed({}, { typ: 'JWT' })],
    ['no typ', signed({}, { typ: undefined })],
    ['an ID token', signed({ nonce: 'n', auth_time: now }, { typ: 'id+jwt' })],
    ['a critical header nobody knows', signed({}, { crit: ['exp2'], exp2: 1 })],
    ['another issuer', signed({ iss: 'https://elsewhere.example' })],
    ['the issuer with a slash', signed({ iss: 'urn:hub/' })],
    ['issuers in a list', signed({ iss: ['urn:hub'] })],
    ['no issuer', signed({ iss: undefined })],
    ['another audience', signed({ aud: 'another' })],
    ['no audience', signed({ aud: undefined })],
    ['expired', signed({ exp: now - 1 })],
    ['expired long ago', signed({ iat: now - 90_000, exp: now - 86_400 })],
    ['no end', signed({ exp: undefined })],
    ['an end that is no number', signed({ exp: '9999999999' })],
    ['not valid yet', signed({ nbf: now + 600 })],
    ['no subject', signed({ sub: undefined })],
    ['an empty subject', signed({ sub: '' })],
    ['a subject of 300 characters', signed({ sub: 'x'.repeat(300) })],
    ['an unknown role', hub({ role: 'ADMIN' })],
    ['a role of the prototype', hub({ role: '__proto__' })],
    ['two roles', hub({ role: ['COMMITTEE', 'AUDITOR'] })],
    ['a division of five digits', hub({ division: '22010' })],
    ['a division that is SQL', hub({ division: "220100' or '1'='1" })],
    ['a division that is a number', hub({ division: 220100 })],
    ['an organisation for a committee', hub({ organisation: randomUUID() })],
    ['a member organisation without one', hub({ role: 'ORGANISATION' })],
    ['no claims of the hub', signed({ hub: undefined })],
    [
      'claims given twice',
      signedAsWritten(JSON.stringify(goodHeader), JSON.stringify(goodClaims).replace('{', '{"sub":"mayor",')),
    ],
    [
      'a division given twice',
      signedAsWritten(
        JSON.stringify(goodHeader),
        JSON.stringify(goodClaims).replace('"division":"220100"', '"division":"220102","division":"220100"'),
      ),
    ],
    [
      'an algorithm given twice',
      signedAsWritten('{"alg":"none","alg":"EdDSA","kid":"test","typ":"at+jwt"}', JSON.stringify(goodClaims)),
    ],
    ['claims that are no JSON', signedAsWritten(JSON.stringify(goodHeader), '{')],
    ['claims that are a list', signedAsWritten(JSON.stringify(goodHeader), '[]')],
    ['a huge token', signed({ padding: 'x'.repeat(7_000) })],
  ];
  return [
    ['nothing', undefined],
    ['an empty header', ''],
    ['another scheme', `Basic ${base64('admin:admin')}`],
    ['the scheme alone', 'Bearer '],
    ['two tokens', `Bearer ${good}, Bearer ${good}`],
    ['a token without its scheme', good],
    ...tokens.map(([title, token]) => [title, `Bearer ${token}`] as [string, string]),
  ];
}
