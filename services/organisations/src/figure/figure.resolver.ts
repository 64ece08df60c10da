import { forChange } from '@hub/kit/change';
import { Context } from '@hub/kit/context';
import { HistoryEntry, history } from '@hub/kit/history';
import { list, type Order, type Page, PageArgs } from '@hub/kit/page';
import { within } from '@hub/kit/within';
import type { FilterQuery } from '@mikro-orm/postgresql';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Arg, Args, Authorized, Ctx, FieldResolver, Float, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Organisation } from '../organisation/organisation.ts';
import { checkFigure } from './check-figure.ts';
import { CreateFigure, FigureFilter, FigureOrder, UpdateFigure } from './figure.input.ts';
import { Figure, FigureConnection, FigureStatus, Indicator } from './figure.ts';
import { latestFigure } from './latest-figure.ts';
import { endOfReported } from './period.ts';

const orders: Record<FigureOrder, Order<Figure>> = { PERIOD_DESC: [['periodEnd', 'desc']], VALUE_DESC: [['value', 'desc']] };

const matching = ({ division, ...exact }: FigureFilter = {}): FilterQuery<Figure> => ({
  ...exact,
  ...(division && within(division)),
});

@Resolver(() => Figure)
export class FigureResolver {
  @Authorized('organisations:read')
  @Query(() => FigureConnection, { nullable: true, description: 'Figures of your slice (指标列表).' })
  figures(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => FigureFilter, { nullable: true }) where: FigureFilter,
    @Arg('orderBy', () => FigureOrder, { defaultValue: FigureOrder.PERIOD_DESC }) orderBy: FigureOrder,
    @Ctx() context: Context,
  ): Page<Figure> {
    return list(context, Figure, { page, where: matching(where), orderBy: orders[orderBy] });
  }

  @Authorized('organisations:write')
  @Mutation(() => Figure, {
    description: 'Reports a figure. Errors: NOT_FOUND, INVALID_INPUT, CONFLICT when the period has one (上报指标).',
  })
  async createFigure(@Arg('input', () => CreateFigure) { organisationId, ...input }: CreateFigure, @Ctx() { em }: Context) {
    const periodEnd = endOfReported(input.period);
    checkFigure(input.indicator, input.value);
    const organisation = await em.findOneOrFail(Organisation, organisationId);
    const figure = em.create(Figure, {
      ...input,
      organisation,
      divisionCode: organisation.divisionCode,
      periodEnd,
    });
    await em.flush();
    return figure;
  }

  @Authorized('organisations:write')
  @Mutation(() => Figure, {
    description: 'Corrects or verifies a figure. Errors: NOT_FOUND, VERSION_MISMATCH, FORBIDDEN (更正指标).',
  })
  async updateFigure(
    @Arg('input', () => UpdateFigure) { id, expectedVersion, ...changes }: UpdateFigure,
    @Ctx() { em }: Context,
  ) {
    const figure = await forChange(em, Figure, id, expectedVersion);
    checkFigure(figure.indicator, changes.value);
    // What was verified was the value with its source.
    if ((changes.value !== undefined || changes.source !== undefined) && !changes.status) figure.status = FigureStatus.REPORTED;
    em.assign(figure, changes, { ignoreUndefined: true });
    await em.flush();
    return figure;
  }

  @Authorized('history:read')
  @FieldResolver(() => [HistoryEntry], { description: 'Its corrections, newest first; needs history:read (变更历史).' })
  history(@Root() { id }: Figure, @Ctx() context: Context) {
    return history(context, 'figure', id);
  }
}

@Resolver(() => Organisation)
export class OrganisationFiguresOf {
  @FieldResolver(() => FigureConnection, { description: 'Its figures, latest period first (企业指标).' })
  figures(
    @Root() { id }: Organisation,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => FigureFilter, { nullable: true }) where: FigureFilter,
    @Ctx() context: Context,
  ): Page<Figure> {
    return list(context, Figure, { page, of: { organisation: id }, where: matching(where), orderBy: orders.PERIOD_DESC });
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: 'Employees in the latest period that ended by the date, persons (在职员工，人).',
  })
  employees(
    @Root() { id }: Organisation,
    @Arg('asOf', () => GraphQLLocalDate, { nullable: true }) asOf: string,
    @Arg('status', () => FigureStatus, { nullable: true, description: 'Only figures in this state (核实状态).' })
    status: FigureStatus,
    @Ctx() context: Context,
  ) {
    return latestFigure(context, Indicator.EMPLOYEES, id, asOf, status);
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: 'Output value of the latest year that ended by the date, CNY (年产值，元).',
  })
  outputValue(
    @Root() { id }: Organisation,
    @Arg('asOf', () => GraphQLLocalDate, { nullable: true }) asOf: string,
    @Arg('status', () => FigureStatus, { nullable: true, description: 'Only figures in this state (核实状态).' })
    status: FigureStatus,
    @Ctx() context: Context,
  ) {
    return latestFigure(context, Indicator.OUTPUT_VALUE, id, asOf, status);
  }
}
