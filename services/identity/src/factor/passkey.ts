import { randomUUID } from 'node:crypto';
import { BigIntType } from '@mikro-orm/core';
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { ownWorkings } from '../administered.ts';

/** A passkey of an account: the public half, and how far its counter was when it was last used. Only signing in reads it. */
@Entity({ rowLevelSecurity: 'force', policies: ownWorkings() })
@Index({ properties: ['accountId'] })
export class Passkey {
  @PrimaryKey({ type: 'uuid' })
  id: string = randomUUID();

  @Property({ type: 'uuid' })
  accountId!: string;

  /** As the browser names it, base64url. */
  @Property({ type: 'text', unique: true })
  credentialId!: string;

  /** COSE key, base64url. */
  @Property({ type: 'text' })
  publicKey!: string;

  /** As the authenticator counts: 32 bits without a sign. */
  @Property({ type: new BigIntType('number') })
  counter!: number;

  @Property({ type: 'json' })
  transports!: string[];

  @Property({ type: 'timestamptz', defaultRaw: 'clock_timestamp()' })
  createdAt!: Date;

  @Property({ type: 'timestamptz', nullable: true })
  usedAt?: Date | null;
}
