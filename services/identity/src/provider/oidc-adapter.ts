import type { MikroORM } from '@mikro-orm/postgresql';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { errors } from 'oidc-provider';
import { asService } from '../as-service.ts';
import { Client } from '../client/client.ts';

interface Stored {
  payload: AdapterPayload;
  consumed: number | null;
}

const stored = 'payload, extract(epoch from consumed_at)::int as consumed';
type Key = 'id' | 'uid';
const living = (key: Key) => `model = ? and ${key} = ? and expires_at > now()`;
const read = (key: Key) => `select ${stored} from oidc_record where ${living(key)}`;
/** Finding a session, by its cookie or for a refresh token, is its use: it stays that much longer, and no longer than its whole life. */
const use = (key: Key) => `update oidc_record
  set expires_at = least(now() + make_interval(secs => ?), to_timestamp((payload->>'exp')::bigint)) where ${living(key)} returning ${stored}`;

/** What else a client may send is no id, and PostgreSQL would not take it for text. */
const isId = (id: string) => /^[\x21-\x7e]{1,200}$/.test(id);

/** The library's storage in our database; API clients come from their own table. */
export class OidcAdapter implements Adapter {
  constructor(
    private readonly orm: MikroORM,
    private readonly model: string,
    /** Seconds without use after which a session ends, and with it its refresh tokens. */
    private readonly idleSeconds: number,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    await this.#run(
      `insert into oidc_record (model, id, payload, uid, oidc_grant_id, account_id, expires_at)
       values (?, ?, ?::json, ?, ?, ?, now() + make_interval(secs => ?))
       on conflict (model, id) do update set payload = excluded.payload, uid = excluded.uid, oidc_grant_id = excluded.oidc_grant_id,
         account_id = excluded.account_id, expires_at = excluded.expires_at`,
      [
        this.model,
        id,
        JSON.stringify(payload),
        payload.uid ?? null,
        payload.grantId ?? null,
        payload.accountId ?? null,
        this.model === 'Session' ? Math.min(expiresIn, this.idleSeconds) : expiresIn,
      ],
    );
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    if (!isId(id)) return undefined;
    if (this.model === 'Client') return this.#client(id);
    return this.#found('id', id);
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    if (!isId(uid)) return undefined;
    return this.#found('uid', uid);
  }

  /** Device codes are not offered. */
  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  /** Of two uses at once one wins. */
  async consume(id: string): Promise<void> {
    const won = await this.#run(
      'update oidc_record set consumed_at = now() where model = ? and id = ? and consumed_at is null returning id',
      [this.model, id],
    );
    if (won.length === 0) throw new errors.InvalidGrant('already used');
  }

  async destroy(id: string): Promise<void> {
    await this.#run('delete from oidc_record where model = ? and id = ?', [this.model, id]);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.#run('delete from oidc_record where model = ? and oidc_grant_id = ?', [this.model, grantId]);
  }

  async #client(clientId: string): Promise<AdapterPayload | undefined> {
    const client = await asService(this.orm, em => em.findOne(Client, { clientId, suspendedAt: null }));
    if (!client) return undefined;
    return {
      client_id: client.clientId,
      client_name: client.name,
      // Never compared: secrets are checked against their hashes, see client-secret.ts.
      client_secret: 'held as hashes',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      token_endpoint_auth_method: 'client_secret_basic',
    };
  }

  #found(key: Key, value: string): Promise<AdapterPayload | undefined> {
    return this.model === 'Session'
      ? this.#one(use(key), [this.idleSeconds, this.model, value])
      : this.#one(read(key), [this.model, value]);
  }

  async #one(sql: string, parameters: unknown[]): Promise<AdapterPayload | undefined> {
    const [row] = (await this.#run(sql, parameters)) as Stored[];
    return row && { ...row.payload, ...(row.consumed !== null && { consumed: row.consumed }) };
  }

  #run(sql: string, parameters: unknown[]): Promise<any[]> {
    return asService(this.orm, em => em.execute(sql, parameters));
  }
}
