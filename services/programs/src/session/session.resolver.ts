import { Context } from '@hub/kit/context';
import { HistoryEntry, history } from '@hub/kit/history';
import { list, type Order, type Page, PageArgs } from '@hub/kit/page';
import { searching } from '@hub/kit/searchable';
import { within } from '@hub/kit/within';
import type { FilterQuery } from '@mikro-orm/postgresql';
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Division } from '../division/division.ts';
import { Program } from '../program/program.ts';
import { createSession } from './create-session.ts';
import { recordAttendance } from './record-attendance.ts';
import { CancelSession, CreateSession, RecordAttendance, SessionFilter, SessionOrder, UpdateSession } from './session.input.ts';
import { Session, SessionConnection } from './session.ts';
import { cancelSession, updateSession } from './update-session.ts';

const orders: Record<SessionOrder, Order<Session>> = {
  STARTS_ASC: [['startsAt', 'asc']],
  STARTS_DESC: [['startsAt', 'desc']],
};

const matching = ({ division, from, to, search, ...exact }: SessionFilter = {}): FilterQuery<Session> => ({
  ...exact,
  ...(division && within(division)),
  ...((from || to) && { startsAt: { ...(from && { $gte: from }), ...(to && { $lt: to }) } }),
  ...searching(Session, search),
});

@Resolver(() => Session)
export class SessionResolver {
  @Authorized('programs:read')
  @Query(() => Session, { nullable: true, description: 'One session you may see; null outside your slice (单个社区课堂).' })
  session(@Arg('id', () => ID, { description: 'Identifier (标识).' }) id: string, @Ctx() context: Context) {
    return context.load(Session, id);
  }

  @Authorized('programs:read')
  @Query(() => SessionConnection, {
    nullable: true,
    description: 'Sessions of your slice or of programs shared with you (社区课堂列表).',
  })
  sessions(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => SessionFilter, { nullable: true, description: 'Only these (筛选条件).' }) where: SessionFilter,
    @Arg('orderBy', () => SessionOrder, { defaultValue: SessionOrder.STARTS_DESC, description: 'In this order (排序).' })
    orderBy: SessionOrder,
    @Ctx() context: Context,
  ): Page<Session> {
    return list(context, Session, { page, where: matching(where), orderBy: orders[orderBy] });
  }

  @Authorized('programs:write')
  @Mutation(() => Session, {
    description: 'Plans a session. Errors: NOT_FOUND, INVALID_INPUT, FORBIDDEN outside your slice, NOT_ALLOWED (新建社区课堂).',
  })
  createSession(
    @Arg('input', () => CreateSession, { description: 'The session (课堂).' }) input: CreateSession,
    @Ctx() context: Context,
  ) {
    return createSession(context, input);
  }

  @Authorized('programs:write')
  @Mutation(() => Session, {
    description: 'Changes a planned session. Errors: NOT_FOUND, VERSION_MISMATCH, FORBIDDEN, NOT_ALLOWED (修改社区课堂).',
  })
  updateSession(
    @Arg('input', () => UpdateSession, { description: 'The changes (修改内容).' }) input: UpdateSession,
    @Ctx() context: Context,
  ) {
    return updateSession(context, input);
  }

  @Authorized('programs:write')
  @Mutation(() => Session, {
    description:
      'Records who came to a session; for its committee and the partners of its program. Errors: NOT_FOUND, VERSION_MISMATCH, FORBIDDEN, NOT_ALLOWED before it began or once cancelled (登记到场人数).',
  })
  recordAttendance(
    @Arg('input', () => RecordAttendance, { description: 'How many came (人数).' }) input: RecordAttendance,
    @Ctx() context: Context,
  ) {
    return recordAttendance(context, input);
  }

  @Authorized('programs:write')
  @Mutation(() => Session, {
    description: 'Cancels a planned session. Errors: NOT_FOUND, VERSION_MISMATCH, FORBIDDEN, NOT_ALLOWED (取消社区课堂).',
  })
  cancelSession(
    @Arg('input', () => CancelSession, { description: 'Which, and why (课堂与原因).' }) input: CancelSession,
    @Ctx() context: Context,
  ) {
    return cancelSession(context, input);
  }

  @FieldResolver(() => Program, {
    nullable: true,
    description: 'Its program; null when it is no longer shared with you (所属项目).',
  })
  program(@Root() { program }: Session, @Ctx() context: Context) {
    return context.load(Program, program.id);
  }

  @Authorized('history:read')
  @FieldResolver(() => [HistoryEntry], { description: 'Its changes, newest first; needs history:read (变更历史).' })
  history(@Root() { id }: Session, @Ctx() context: Context) {
    return history(context, 'session', id);
  }
}

@Resolver(() => Program)
export class ProgramSessions {
  @FieldResolver(() => SessionConnection, { description: 'Its sessions that you may see (社区课堂).' })
  sessions(
    @Root() { id }: Program,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => SessionFilter, { nullable: true, description: 'Only these (筛选条件).' }) where: SessionFilter,
    @Arg('orderBy', () => SessionOrder, { defaultValue: SessionOrder.STARTS_DESC, description: 'In this order (排序).' })
    orderBy: SessionOrder,
    @Ctx() context: Context,
  ): Page<Session> {
    return list(context, Session, { page, of: { program: id }, where: matching(where), orderBy: orders[orderBy] });
  }
}

@Resolver(() => Division)
export class DivisionSessions {
  @FieldResolver(() => SessionConnection, {
    nullable: true,
    description: 'Sessions in the division and those below it (辖区社区课堂).',
  })
  sessions(
    @Root() { code }: Division,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => SessionFilter, { nullable: true, description: 'Only these (筛选条件).' }) where: SessionFilter,
    @Arg('orderBy', () => SessionOrder, { defaultValue: SessionOrder.STARTS_DESC, description: 'In this order (排序).' })
    orderBy: SessionOrder,
    @Ctx() context: Context,
  ): Page<Session> {
    return list(context, Session, { page, of: within(code), where: matching(where), orderBy: orders[orderBy] });
  }
}
