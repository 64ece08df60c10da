import { ownAlgorithm } from '@hub/kit/token';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { asService } from '../as-service.ts';
import { seal, unseal } from '../seal.ts';
import { KeyState, SigningKey } from './signing-key.ts';

/** A key is shown this long before it signs, seconds: whoever keeps a key set has seen it by then. */
export const shownAhead = 60;
/** A key is changed after so many days by itself. */
const oldAge = 90;
/** Id tokens are shown again at sign-out, which may be hours later. */
const afterlife = '24 hours';

const purpose = 'signing keys';

async function makeKey(em: EntityManager, secret: string, state: KeyState): Promise<void> {
  const { privateKey } = await generateKeyPair(ownAlgorithm, { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  const sealed = await seal(secret, purpose, JSON.stringify({ ...jwk, kid, alg: ownAlgorithm, use: 'sig' }));
  await em.execute(
    `insert into signing_key (kid, state, sealed, current_since) values (?, ?, ?, case when ? = 'CURRENT' then now() end)`,
    [kid, state, sealed, state],
  );
}

async function opened(key: SigningKey, secret: string): Promise<JWK> {
  const text = await unseal(secret, purpose, key.sealed).catch(() => {
    throw new Error(
      'The signing keys in the database belong to another installation: restore its data directory, or empty the table signing_key.',
    );
  });
  return JSON.parse(text) as JWK;
}

const inTurn = (em: EntityManager) => em.execute(`select pg_advisory_xact_lock(hashtext('hub signing keys'))`);

const order = [KeyState.CURRENT, KeyState.NEXT, KeyState.RETIRED];

/** Every key that is published, private halves included; the one that signs comes first. Makes the first ones. */
export async function publishedKeys(orm: MikroORM, secret: string): Promise<JWK[]> {
  const keys = await asService(orm, async em => {
    const found = await em.find(SigningKey, {});
    if (found.length > 0) return found;
    await inTurn(em);
    if ((await em.count(SigningKey)) === 0) {
      await makeKey(em, secret, KeyState.CURRENT);
      await makeKey(em, secret, KeyState.NEXT);
    }
    return em.find(SigningKey, {});
  });
  keys.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  return Promise.all(keys.map(key => opened(key, secret)));
}

/** What tells one set of keys from another. */
export async function keysMark(orm: MikroORM): Promise<string> {
  const keys = await asService(orm, em => em.find(SigningKey, {}, { fields: ['kid', 'state'], orderBy: { kid: 'asc' } }));
  return keys.map(({ kid, state }) => `${kid} ${state}`).join('\n');
}

/** The next key becomes the one that signs. Answers how many seconds it must still be shown first; 0 when it is done. */
export async function rotateKeys(orm: { em: Pick<EntityManager, 'fork'> }, secret: string): Promise<number> {
  return asService(orm, async em => {
    await inTurn(em);
    const [next] = await em.execute<{ wait: number }[]>(
      `select ceil(? - extract(epoch from now() - created_at))::int as wait from signing_key where state = 'NEXT'`,
      [shownAhead],
    );
    if (next && next.wait > 0) return next.wait;
    await em.execute(`update signing_key set state = 'RETIRED', retired_at = now() where state = 'CURRENT'`);
    await em.execute(`update signing_key set state = 'CURRENT', current_since = now() where state = 'NEXT'`);
    await makeKey(em, secret, KeyState.NEXT);
    return 0;
  });
}

/** Changes a key that has grown old, and forgets what nothing refers to any more. */
export async function tendKeys(orm: MikroORM, secret: string): Promise<void> {
  const old = await asService(orm, async em => {
    await em.execute(`delete from signing_key where state = 'RETIRED' and retired_at < now() - interval '${afterlife}'`);
    const rows = await em.execute(
      `select 1 from signing_key where state = 'CURRENT' and current_since < now() - interval '${oldAge} days'`,
    );
    return rows.length > 0;
  });
  if (old) await rotateKeys(orm, secret);
}
