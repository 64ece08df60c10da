import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { askAny } from './ask-any.ts';

/** Keys that an issuer has withdrawn are believed no longer than this, milliseconds. */
const fresh = 600_000;
/** A key that is not known is looked for again, at most this often, milliseconds. New keys are published well before they sign. */
const cooldown = 5_000;
const patience = 5_000;

/** The key set at an address, read when it is needed. jose's own reads it by `fetch` (ask-json.ts). */
export function remoteKeys(url: URL): JWTVerifyGetKey {
  let keys: JWTVerifyGetKey | undefined;
  let readAt = 0;
  let reading: Promise<JWTVerifyGetKey> | undefined;
  const read = async () => {
    const { status, value } = await askAny([url], {
      headers: { accept: 'application/json, application/jwk-set+json' },
      patience,
    });
    if (status !== 200) throw new Error(`The key set at ${url} answers ${status}.`);
    keys = createLocalJWKSet(value as JSONWebKeySet);
    readAt = Date.now();
    return keys;
  };
  const reload = () => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  const isWithin = (span: number) => Date.now() < readAt + span;
  return async (header, token) => {
    const known = keys && isWithin(fresh) ? keys : await reload();
    try {
      return await known(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || isWithin(cooldown)) throw error;
      return (await reload())(header, token);
    }
  };
}
