import { Max, Min } from 'class-validator';
import {
  Args,
  ArgsType,
  Authorized,
  type ClassType,
  Ctx,
  Directive,
  Field,
  GraphQLISODateTime,
  ID,
  Int,
  ObjectType,
  Query,
  Resolver,
} from 'type-graphql';
import { Context } from './context.ts';
import { HubError } from './errors.ts';
import { ChangeKind, kindOf } from './history.ts';
import type { RevisionAction } from './revision.ts';

@ObjectType({ description: 'One change in your slice, in commit order (变更事件).' })
@Directive('@shareable')
export class Change {
  @Field(() => ChangeKind, { description: 'What happened (变更类型).' })
  kind!: ChangeKind;
  @Field({ description: 'Kind of row, such as organisation (对象类型).' })
  entity!: string;
  @Field(() => ID, { description: 'Which row (对象标识).' })
  entityId!: string;
  @Field(() => Int, { description: 'Version of the row after the change (版本).' })
  version!: number;
  @Field({ description: 'Division of the row after the change; for LEFT_SCOPE the one it left (属地).' })
  divisionCode!: string;
  @Field(() => GraphQLISODateTime, { description: 'When, ISO 8601 (时间).' })
  at!: Date;
  @Field(() => String, { nullable: true, description: 'Who; only with history:read (操作人).' })
  actor?: string;
  @Field(() => String, { nullable: true, description: 'Which request; only with history:read (请求号).' })
  requestId?: string;
  @Field(() => String, { nullable: true, description: 'Why; only with history:read (原因).' })
  reason?: string;
}

@ObjectType({ description: 'A page of the change feed; ask again after its cursor (变更流分页).' })
@Directive('@shareable')
export class ChangePage {
  @Field(() => [Change], { description: 'The changes, oldest first (变更).' })
  nodes!: Change[];
  @Field({ description: 'Where to go on (游标).' })
  cursor!: string;
  @Field({ description: 'More changes are ready now (还有更多).' })
  hasMore!: boolean;
}

@ArgsType()
class ChangeArgs {
  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the page before; without it the feed starts at its beginning (游标).',
  })
  after?: string;
  @Field(() => Int, { defaultValue: 200, description: 'How many changes, 1 to 1,000 (条数).' })
  @Min(1)
  @Max(1000)
  first!: number;
}

interface Raw {
  xid: string;
  seq: string;
  entity: string;
  entity_id: string;
  version: number;
  action: RevisionAction;
  division_code: string;
  at: string;
  actor: string;
  request_id: string;
  reason: string | null;
  horizon: string;
}

/**
 * Ordered by (xid, seq) and only below the oldest running transaction, so a late commit is never skipped. A short page goes on from
 * that horizon, so that a quiet slice does not scan everybody's changes again at each poll.
 */
async function changesAfter({ read, viewer }: Context, after: string | undefined, first: number): Promise<ChangePage> {
  const [xid, seq] = (after ?? '0.0').split('.');
  if (!/^\d{1,19}\.\d{1,19}$/.test(after ?? '0.0'))
    throw new HubError('INVALID_INPUT', 'after: take the cursor of the page before.');
  const rows = await read.execute<Raw>(
    `select h.horizon::text, r.* from (select pg_snapshot_xmin(pg_current_snapshot()) as horizon) h left join lateral (
       select xid::text, seq::text, entity, entity_id, version, action, division_code, at, actor, request_id, reason from changes_after(?::xid8, ?::bigint, ?)
     ) r on true order by r.xid::xid8, r.seq::bigint`,
    [xid, seq, first + 1],
  );
  const found = rows.filter(row => row.seq !== null);
  const shown = found.slice(0, first);
  const hasMore = found.length > first;
  const last = shown.at(-1);
  const mayKnowWho = viewer.scopes.has('history:read');
  return {
    nodes: shown.map(row => ({
      kind: kindOf[row.action],
      entity: row.entity,
      entityId: row.entity_id,
      version: row.version,
      divisionCode: row.division_code,
      at: new Date(row.at),
      ...(mayKnowWho && { actor: row.actor, requestId: row.request_id, reason: row.reason ?? undefined }),
    })),
    cursor: hasMore && last ? `${last.xid}.${last.seq}` : `${rows[0]!.horizon}.0`,
    hasMore,
  };
}

/** The change feed of a subgraph as its root field, such as `peopleChanges`. */
export function changesResolver(field: string): ClassType {
  @Resolver()
  class ChangesResolver {
    @Authorized('changes:read')
    @Query(() => ChangePage, {
      name: field,
      description: 'The exact change feed of this domain in your slice, in commit order (变更流).',
    })
    changes(@Args(() => ChangeArgs) { after, first }: ChangeArgs, @Ctx() context: Context): Promise<ChangePage> {
      return changesAfter(context, after, first);
    }
  }
  return ChangesResolver;
}
