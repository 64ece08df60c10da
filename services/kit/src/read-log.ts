import { randomUUID } from 'node:crypto';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Context } from './context.ts';
import { databaseRole, inSlice } from './slice.ts';

/** Who saw personal fields unmasked: one row per operation. Written by everyone, read by the auditors of the slice. */
@Entity({
  rowLevelSecurity: 'force',
  policies: [
    {
      name: 'reader',
      command: 'insert',
      roles: Object.values(databaseRole),
      check: `actor = current_setting('hub.actor')`,
    },
    {
      name: 'auditor',
      command: 'select',
      roles: ['hub_auditor'],
      using: inSlice(),
    },
  ],
})
export class ReadLog {
  @PrimaryKey({ type: 'uuid' })
  id: string = randomUUID();

  @Property({ type: 'text' })
  actor!: string;

  @Property({ type: 'text' })
  requestId!: string;

  @Property({ type: 'text', nullable: true })
  clientRequestId?: string | null;

  /** The reader's own division: the slice in which the reading is audited. */
  @Property({ type: 'text' })
  divisionCode!: string;

  @Property({ type: 'text' })
  entity!: string;

  @Property({ type: 'jsonb' })
  ids!: string[];

  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  at!: Date;
}

/** What the operation showed, as one statement; undefined when it showed nothing. */
export function readLogSql({
  personalReads,
  viewer,
  request: { requestId, clientRequestId },
  read,
}: Context): string | undefined {
  if (personalReads.size === 0) return undefined;
  const rows = [...personalReads].map(([entity, ids]) => ({ entity, ids: [...ids].sort() }));
  return read.literally(
    `insert into read_log (id, actor, request_id, client_request_id, division_code, entity, ids)
     select gen_random_uuid(), ?, ?, ?, ?, r.entity, r.ids from jsonb_to_recordset(?::jsonb) r (entity text, ids jsonb)`,
    [viewer.actor, requestId, clientRequestId ?? null, viewer.division, JSON.stringify(rows)],
  );
}
