import { GraphQLJSON } from 'graphql-scalars';
import { Directive, Field, GraphQLISODateTime, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Context } from './context.ts';
import { isPersonal, personalValue } from './personal.ts';
import { Revision } from './revision.ts';

export enum ChangeKind {
  CREATED = 'CREATED',
  UPDATED = 'UPDATED',
  DELETED = 'DELETED',
  LEFT_SCOPE = 'LEFT_SCOPE',
  ENTERED_SCOPE = 'ENTERED_SCOPE',
}
registerEnumType(ChangeKind, {
  name: 'ChangeKind',
  description: 'What happened to a row; a move between divisions leaves one scope and enters another (变更类型).',
});

export const kindOf = {
  insert: ChangeKind.CREATED,
  update: ChangeKind.UPDATED,
  delete: ChangeKind.DELETED,
  leave: ChangeKind.LEFT_SCOPE,
  enter: ChangeKind.ENTERED_SCOPE,
} as const;

@ObjectType({ description: 'One column before and after a change (字段变化).' })
@Directive('@shareable')
export class FieldChange {
  @Field({ description: 'Column name (字段).' })
  field!: string;
  @Field(() => GraphQLJSON, { nullable: true, description: 'Value before the change; masked without people:personal (原值).' })
  before?: unknown;
  @Field(() => GraphQLJSON, { nullable: true, description: 'Value after the change; masked without people:personal (新值).' })
  after?: unknown;
}

@ObjectType({ description: 'One change of a row: when, by whom, why and what (变更记录).' })
@Directive('@shareable')
export class HistoryEntry {
  @Field(() => ChangeKind, { description: 'What happened (变更类型).' })
  kind!: ChangeKind;
  @Field(() => Int, { description: 'Version of the row after the change (版本).' })
  version!: number;
  @Field(() => GraphQLISODateTime, { description: 'When, ISO 8601 (时间).' })
  at!: Date;
  @Field({ description: 'Who: account:…, client:…, operator:…, service:…, or issuer|subject of another issuer (操作人).' })
  actor!: string;
  @Field({ description: 'Request that made the change, by the id the hub gave it (请求号).' })
  requestId!: string;
  @Field(() => String, {
    nullable: true,
    description: 'The same by the id the client gave it, where it gave one (客户端请求号).',
  })
  clientRequestId?: string | null;
  @Field({ description: 'Division the row belonged to after the change, GB/T 2260 (属地).' })
  divisionCode!: string;
  @Field(() => String, { nullable: true, description: 'Why, when a reason was given (原因).' })
  reason?: string;
  @Field(() => [FieldChange], { description: 'What changed; empty when the row left your scope (变化内容).' })
  changes!: FieldChange[];
}

const silent = new Set(['id', 'version', 'created_at', 'sort_key', 'name_key', 'identity_hash']);

function changesBetween(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  show: (field: string, value: unknown) => unknown,
) {
  return Object.keys({ ...before, ...after })
    .filter(field => !silent.has(field) && JSON.stringify(before[field] ?? null) !== JSON.stringify(after[field] ?? null))
    .map(field => ({ field, before: show(field, before[field]), after: show(field, after[field]) }));
}

/** The revisions of one row that lie in the viewer's slice, newest first. One statement for all rows of the operation. */
export async function history(context: Context, entity: string, id: string): Promise<HistoryEntry[]> {
  const loader = context.batched(`history.${entity}`, async ids => {
    const where = { entity, entityId: { $in: [...ids] } };
    const rows = await context.read.find(Revision, { where, orderBy: [{ seq: 'asc' }] });
    return ids.map(each => rows.filter(row => row.entityId === each));
  });
  const revisions = await loader.load(id);
  const show = (field: string, value: unknown) => {
    if (value == null || !isPersonal(entity, field)) return value;
    return personalValue(context, entity, field, id, String(value));
  };
  let before: Record<string, unknown> = {};
  const entries = revisions.map(revision => {
    const after = revision.action === 'leave' ? before : (revision.data ?? {});
    const entry: HistoryEntry = {
      kind: kindOf[revision.action],
      version: revision.version,
      at: revision.at,
      actor: revision.actor,
      requestId: revision.requestId,
      clientRequestId: revision.clientRequestId,
      divisionCode: revision.divisionCode,
      reason: revision.reason,
      changes: revision.action === 'delete' ? [] : changesBetween(before, after, show),
    };
    before = after;
    return entry;
  });
  return entries.reverse();
}
