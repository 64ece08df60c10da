import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { ownWorkings } from '../administered.ts';

/** An app of an account that shows one-time codes: what both of them know, sealed, and the step of the last code taken. */
@Entity({ rowLevelSecurity: 'force', policies: ownWorkings() })
export class CodeApp {
  @PrimaryKey({ type: 'uuid' })
  accountId!: string;

  @Property({ type: 'text' })
  sealed!: string;

  /** Of 30 seconds since 1970: a code of this step or an earlier one is not taken again. */
  @Property({ type: 'integer' })
  lastStep!: number;

  @Property({ type: 'timestamptz', defaultRaw: 'clock_timestamp()' })
  createdAt!: Date;
}
