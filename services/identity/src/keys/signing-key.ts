import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { ownWorkings } from '../administered.ts';

/** `NEXT` is published ahead, `CURRENT` signs, `RETIRED` stays published while something it signed may live. */
export enum KeyState {
  NEXT = 'NEXT',
  CURRENT = 'CURRENT',
  RETIRED = 'RETIRED',
}

/** A key that access tokens are signed with. */
@Entity({ rowLevelSecurity: 'force', policies: ownWorkings() })
export class SigningKey {
  @PrimaryKey({ type: 'text' })
  kid!: string;

  @Enum({ items: () => KeyState })
  state!: KeyState;

  /** The private JWK, encrypted under the installation's secret: a copy of the database signs nothing. */
  @Property({ type: 'text' })
  sealed!: string;

  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  createdAt!: Date;

  @Property({ type: 'timestamptz', nullable: true })
  currentSince?: Date | null;

  @Property({ type: 'timestamptz', nullable: true })
  retiredAt?: Date | null;
}
