import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { askAny } from './ask-any.ts';
import { HubError } from './errors.ts';
import { causeOf, log } from './log.ts';
import { Repeated } from './repeated.ts';

/** Keys that an issuer has withdrawn are believed no longer than this, milliseconds; they are read again when half of it is over. */
const fresh = 600_000;
/** A key that is not known is looked for again, at most this often, milliseconds. New keys are published well before they sign. */
const cooldown = 5_000;
const patience = 5_000;

const failing = new Repeated(log, 'warn', 'keys not read');

/** For whoever comes with a token whose keys cannot be read; the operator is told why. */
export function keysAway(error: unknown): HubError {
  failing.happened({ cause: causeOf(error) });
  const message = 'The keys that tokens are checked with cannot be read at the moment: try again (暂时无法验证令牌，请稍后重试).';
  return new HubError('UNAVAILABLE', message, { retryable: true });
}

/**
 * The key set at an address, or at one of several that publish the same, read when it is needed. Where it cannot be, that is not the fault
 * of whoever comes with a token. jose's own reads it by `fetch` (ask-json.ts).
 */
export function remoteKeys(...urls: URL[]): JWTVerifyGetKey {
  let keys: JWTVerifyGetKey | undefined;
  let readAt = 0;
  let reading: Promise<JWTVerifyGetKey> | undefined;
  const read = async () => {
    const headers = { accept: 'application/json, application/jwk-set+json' };
    const { status, value } = await askAny(urls, { headers, patience });
    if (status !== 200) throw new Error(`The key set at ${urls.join(', ')} answers ${status}.`);
    keys = createLocalJWKSet(value as JSONWebKeySet);
    readAt = Date.now();
    failing.over({});
    return keys;
  };
  const reload = () => {
    reading ??= read()
      .catch(error => {
        throw keysAway(error);
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
  const isWithin = (span: number) => Date.now() < readAt + span;
  return async (header, token) => {
    const known = keys && isWithin(fresh) ? keys : await reload();
    // Read ahead, so that nobody feels it when the issuer is being started again at that moment.
    if (!isWithin(fresh / 2)) reload().catch(() => undefined);
    try {
      return await known(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || isWithin(cooldown)) throw error;
      return (await reload())(header, token);
    }
  };
}
