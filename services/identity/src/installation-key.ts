import { createHmac, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Algorithm, algorithms, ownAlgorithm } from '@hub/kit/token';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload, SignJWT } from 'jose';
import { IdentityFailure } from './identity-failure.ts';

export interface InstallationKey {
  /** Where the gateway and the subgraphs find the public half: a `file://` URL. */
  jwksUrl: string;
  sign(claims: JWTPayload): Promise<string>;
  /** A secret of this installation for one purpose, hexadecimal; the same at every start. */
  secret(purpose: string): string;
}

/** Opens the key this installation signs its own tokens with; creates it on first use. */
export async function installationKey(dataDirectory: string): Promise<InstallationKey> {
  const directory = join(resolve(dataDirectory), 'identity');
  const file = join(directory, 'key.json');
  const jwk = (await readKey(file)) ?? (await createKey(directory, file));
  const key = await importJWK(jwk).catch(() => {
    throw unusable(file);
  });
  const jwksUrl = await publish(directory, jwk);
  const header = { alg: jwk.alg!, typ: 'at+jwt', kid: jwk.kid };
  const secret = (purpose: string) => createHmac('sha256', jwk.d!).update(`hub ${purpose}`).digest('hex');
  return { jwksUrl, secret, sign: claims => new SignJWT(claims).setProtectedHeader(header).sign(key) };
}

const unusable = (file: string) =>
  new IdentityFailure(
    `The key in ${file} cannot be used: restore it from a backup, or remove it to get a new one (tokens signed before then end).`,
  );

async function readKey(file: string): Promise<JWK | undefined> {
  try {
    // The first keys there were did not say what they sign with.
    const jwk: JWK = { alg: 'EdDSA', ...JSON.parse(await readFile(file, 'utf8')) };
    if (!algorithms.includes(jwk.alg as Algorithm) || !jwk.d || !jwk.x || !jwk.kid) throw unusable(file);
    return jwk;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code === 'EACCES')
      throw new IdentityFailure(`The key in ${file} belongs to another user: run this as the user who started the hub.`);
    throw error instanceof IdentityFailure ? error : unusable(file);
  }
}

/** Linking instead of writing in place: of two processes that start at once one wins, and no one reads half a key. */
async function createKey(directory: string, file: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair(ownAlgorithm, { extractable: true });
  const jwk: JWK = { ...(await exportJWK(privateKey)), alg: ownAlgorithm };
  const draft = join(directory, `key.${randomUUID()}`);
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await writeFile(draft, JSON.stringify({ ...jwk, kid: await calculateJwkThumbprint(jwk) }), { mode: 0o600, flag: 'wx' });
    await link(draft, file).catch(error => {
      if (error.code !== 'EEXIST') throw error;
    });
  } catch (error) {
    throw new IdentityFailure(`The installation's key cannot be created in ${directory}: ${(error as Error).message}`);
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
  return (await readKey(file))!;
}

async function publish(directory: string, { kty, crv, x, y, kid, alg }: JWK): Promise<string> {
  const file = join(directory, 'jwks.json');
  const text = `${JSON.stringify({ keys: [{ kty, crv, x, y, kid, alg, use: 'sig' }] }, null, 2)}\n`;
  const present = await readFile(file, 'utf8').catch(() => undefined);
  if (present !== text) {
    const draft = join(directory, `jwks.${randomUUID()}`);
    await writeFile(draft, text, { mode: 0o644 });
    await rename(draft, file);
  }
  return pathToFileURL(file).href;
}
