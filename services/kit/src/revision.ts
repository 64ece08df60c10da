import type { PolicyDef } from '@mikro-orm/core';
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { inSlice, ofOwnOrganisation } from './slice.ts';

const reads = (name: string, roles: string[], using: string): PolicyDef => ({ name, command: 'select', roles, using });

/** One row per change of any domain row, written by trigger in the same transaction. The only history the hub keeps. */
@Entity({
  rowLevelSecurity: 'force',
  policies: [
    reads('slice', ['hub_committee', 'hub_reporting', 'hub_auditor'], inSlice()),
    reads('own_file', ['hub_organisation'], ofOwnOrganisation('entity_id')),
    reads('references', ['hub_service'], `entity in ('organisation', 'branch', 'committee', 'person')`),
  ],
})
@Index({ properties: ['entity', 'entityId', 'seq'] })
@Index({ properties: ['entity', 'divisionCode'] })
@Index({ properties: ['epoch', 'xid', 'seq'] })
@Index({ properties: ['batch'], where: 'batch is not null' })
export class Revision {
  @PrimaryKey({ type: 'bigint', autoincrement: true })
  seq!: string;

  /** Which life of the database wrote it (epoch.ts). */
  @Property({ type: 'integer', default: 1 })
  epoch!: number;

  @Property({ columnType: 'xid8', defaultRaw: 'pg_current_xact_id()' })
  xid!: string;

  @Property({ type: 'text' })
  entity!: string;

  @Property({ type: 'uuid' })
  entityId!: string;

  @Property({ type: 'integer' })
  version!: number;

  @Property({ type: 'text' })
  action!: RevisionAction;

  @Property({ type: 'text' })
  divisionCode!: string;

  @Property({ type: 'text' })
  actor!: string;

  @Property({ type: 'text' })
  requestId!: string;

  @Property({ type: 'text', nullable: true })
  clientRequestId?: string | null;

  @Property({ type: 'text', nullable: true })
  reason?: string;

  @Property({ type: 'uuid', nullable: true })
  batch?: string;

  @Property({ type: 'timestamptz', defaultRaw: 'clock_timestamp()' })
  at!: Date;

  @Property({ type: 'jsonb', nullable: true })
  data?: Record<string, unknown>;
}

export type RevisionAction = 'insert' | 'update' | 'delete' | 'leave' | 'enter';
