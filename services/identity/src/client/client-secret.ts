import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { InSliceOf } from '@hub/kit/in-slice-of';
import { Row } from '@hub/kit/row';
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { administered, givenNotRead } from '../administered.ts';
import { Client } from './client.ts';

/** That a secret exists and until when; the secret itself is nowhere, its hash in a table of its own. */
@Entity({ rowLevelSecurity: 'force', policies: administered() })
@ObjectType({ description: 'A secret of an API client; shown once, when it was made (客户端密钥).' })
@Index({ properties: ['clientId'] })
export class ClientSecret extends Row {
  @Property({ type: 'uuid' })
  clientId!: string;

  @InSliceOf(() => Client, 'client_id')
  clientKey?: never;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Good until, ISO 8601; null without end (有效期至).' })
  @Property({ type: 'timestamptz', nullable: true })
  expiresAt?: Date | null;
}

@Entity({ rowLevelSecurity: 'force', policies: givenNotRead('secret_id in (select id from client_secret)') })
export class SecretHash {
  @PrimaryKey({ type: 'uuid' })
  secretId!: string;

  @Property({ type: 'text' })
  hash!: string;
}

/** 256 random bits: nobody guesses it, so a fast hash keeps it as well as a slow one. */
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

/** Makes a secret of a client; the answer is the only time it is seen. */
export async function makeSecret(em: EntityManager, client: { id: string; divisionCode: string }): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  const row = em.create(ClientSecret, { clientId: client.id, divisionCode: client.divisionCode });
  await em.flush();
  await em.execute('insert into secret_hash (secret_id, hash) values (?, ?)', [row.id, hashOf(secret)]);
  return secret;
}

export async function isSecret(em: EntityManager, clientId: string, given: string): Promise<boolean> {
  const rows = await em.execute<{ hash: string }[]>(
    `select h.hash from client c join client_secret s on s.client_id = c.id join secret_hash h on h.secret_id = s.id
     where c.client_id = ? and c.suspended_at is null and (s.expires_at is null or s.expires_at > now())`,
    [clientId],
  );
  const hash = Buffer.from(hashOf(given));
  return rows.filter(row => timingSafeEqual(hash, Buffer.from(row.hash))).length > 0;
}
