import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { ownWorkings } from '../administered.ts';

/** What the OpenID Connect library keeps: sessions, interactions, codes, refresh tokens, and its grants. */
@Entity({ rowLevelSecurity: 'force', policies: ownWorkings() })
@Index({ properties: ['uid'] })
@Index({ properties: ['oidcGrantId'] })
@Index({ properties: ['accountId'] })
@Index({ properties: ['grantId'] })
@Index({ properties: ['expiresAt'] })
export class OidcRecord {
  @PrimaryKey({ type: 'text' })
  model!: string;

  @PrimaryKey({ type: 'text' })
  id!: string;

  /** Text as it came: jsonb refuses characters that a client may send. */
  @Property({ type: 'json', columnType: 'json' })
  payload!: Record<string, unknown>;

  @Property({ type: 'text', nullable: true })
  uid?: string | null;

  /** The library's own grant, which ties codes and tokens of one sign-in together. */
  @Property({ type: 'text', nullable: true })
  oidcGrantId?: string | null;

  @Property({ type: 'text', nullable: true })
  accountId?: string | null;

  /** The hub's grant the person chose for this sign-in; on the library's grant only. */
  @Property({ type: 'uuid', nullable: true })
  grantId?: string | null;

  @Property({ type: 'timestamptz', nullable: true })
  consumedAt?: Date | null;

  @Property({ type: 'timestamptz' })
  expiresAt!: Date;
}
