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
import { isBefore, type Position, readPosition, writePosition } from './position.ts';
import type { RevisionAction } from './revision.ts';
import { WhereaboutsArgs, whereabouts, whereaboutsOf } from './whereabouts.ts';

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
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Everything committed before this moment has been given out, ISO 8601; null while more is ready (截至时间).',
  })
  upTo?: Date | null;
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
  head_epoch: number;
  head_life: string;
  horizon: string;
  decided: string;
  up_to: string;
  /** Of the epoch the follower comes from; null where this database never had it. */
  ended_life: string | null;
  ended_decided: string | null;
  ended_at: string | null;
  epoch: number;
  xid: string;
  seq: string | null;
  entity: string;
  entity_id: string;
  version: number;
  action: RevisionAction;
  division_code: string;
  at: string;
  actor: string;
  request_id: string;
  reason: string | null;
}

// The head is read once, so that the page ends where the cursor says it does.
const page = `
select h.epoch as head_epoch, h.life as head_life, h.horizon::text, h.decided::text, h.up_to,
  e.life as ended_life, e.decided::text as ended_decided, e.decided_at as ended_at, r.*
from feed_head() h left join feed_ends(?::int) e on true left join lateral (
  select epoch, xid::text, seq::text, entity, entity_id, version, action, division_code, at, actor, request_id, reason
  from changes_after(?::int, ?::xid8, ?::bigint, h.epoch, h.horizon, ?)
) r on true order by r.epoch, r.xid::xid8, r.seq::bigint`;

const ends = 'select life, decided::text, decided_at from feed_ends(?::int)';
type End = { life: string; decided: string; decided_at: string };

/** Refuses a position that a restored database cannot go on from, and says where it can. */
async function refuseUndone({ read }: Context, after: Position, head: Raw): Promise<void> {
  if (after.epoch === 0) return;
  const isHere = head.ended_life !== null && (after.life === '' || after.life === head.ended_life);
  const end: Position = { epoch: after.epoch, life: head.ended_life ?? '', xid: head.ended_decided ?? '0', seq: '0' };
  if (isHere && (after.epoch === head.head_epoch || !isBefore(end, after))) return;
  // The epoch is another copy's: what both have in common ended with the one before it.
  const [before] = isHere ? [] : await read.execute<End>(ends, [Math.min(after.epoch, head.head_epoch) - 1]);
  const goOn = isHere
    ? end
    : { epoch: Math.min(after.epoch, head.head_epoch) - 1, life: before?.life ?? '', xid: before?.decided ?? '0', seq: '0' };
  const since = isHere ? head.ended_at : before?.decided_at;
  throw new HubError(
    'FEED_REWOUND',
    'after: the database was restored to an earlier moment, and part of what you received was undone; go on from `cursor` (数据库已恢复到较早时刻，请从 cursor 继续).',
    { cursor: before || isHere ? writePosition(goOn) : undefined, since: since && new Date(since).toISOString() },
  );
}

/**
 * Ordered by (epoch, xid, seq) and only below the oldest running transaction of this database, so a late commit is never skipped. A
 * short page goes on from the last mark (epoch.ts), so that a quiet slice does not scan everybody's changes again at each poll, and so
 * that after a recovery it can be told whether what the follower saw is still there.
 */
async function changesAfter(context: Context, cursor: string | undefined, first: number): Promise<ChangePage> {
  const { read, viewer } = context;
  const after = readPosition(cursor);
  const rows = await read.execute<Raw>(page, [after.epoch, after.epoch, after.xid, after.seq, first + 1]);
  const head = rows[0];
  if (!head) throw new HubError('UNAVAILABLE', 'The feed is not ready yet: try again.');
  await refuseUndone(context, after, head);
  const found = rows.filter(row => row.seq !== null);
  const shown = found.slice(0, first);
  const hasMore = found.length > first;
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
    cursor: writePosition(await nextPosition(context, after, head, shown.at(-1), hasMore)),
    hasMore,
    upTo: hasMore ? null : new Date(head.up_to),
  };
}

async function nextPosition({ read }: Context, after: Position, head: Raw, last: Raw | undefined, hasMore: boolean) {
  const marked: Position = { epoch: head.head_epoch, life: head.head_life, xid: head.decided, seq: '0' };
  if (!last) return isBefore(marked, after) ? after : marked;
  const lives: Record<number, string | null> = { [after.epoch]: head.ended_life, [head.head_epoch]: head.head_life };
  const life = lives[last.epoch] ?? (await read.execute<End>(ends, [last.epoch]))[0]?.life ?? '';
  const seen: Position = { epoch: last.epoch, life, xid: last.xid, seq: last.seq! };
  return !hasMore && isBefore(seen, marked) ? marked : seen;
}

/** The change feed of a subgraph as its root field, such as `peopleChanges`. */
export function changesResolver(field: string): ClassType {
  @Resolver()
  class ChangesResolver {
    @Authorized('changes:read')
    @Query(() => ChangePage, {
      nullable: true,
      name: field,
      description:
        'The exact change feed of this domain in your slice, in commit order (变更流). Errors: INVALID_INPUT, FEED_REWOUND.',
    })
    changes(@Args(() => ChangeArgs) { after, first }: ChangeArgs, @Ctx() context: Context): Promise<ChangePage> {
      return changesAfter(context, after, first);
    }

    @Authorized('changes:read')
    @Query(() => [String], {
      nullable: 'items',
      name: whereaboutsOf(field),
      description:
        'The division each row belongs to now, GB/T 2260, in the order of the ids; for services that keep copies (属地核对).',
    })
    @Directive('@inaccessible')
    whereabouts(
      @Args(() => WhereaboutsArgs) { entity, ids }: WhereaboutsArgs,
      @Ctx() context: Context,
    ): Promise<(string | null)[]> {
      return whereabouts(context, entity, ids);
    }
  }
  return ChangesResolver;
}
