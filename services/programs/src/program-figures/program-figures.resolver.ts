import { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { figuresOf, here, type Source } from '@hub/kit/figures';
import { isUUID } from 'class-validator';
import { Arg, Ctx, FieldResolver, GraphQLISODateTime, ID, Resolver, Root } from 'type-graphql';
import { Division } from '../division/division.ts';
import { ProgramFigures } from './program-figures.ts';

const rowsIn = (source: Source, table: string) => `from ${source(table)} x where ${here('x')}`;
const counting = 'not x.reversed and x.reversal_of_id is null';
const given = (source: Source, kinds: string) =>
  `(select coalesce(sum(coalesce(x.amount, x.valuation_amount)), 0)::float8 ${rowsIn(source, 'donation')} and x.kind in (${kinds}))`;

/** `program` is a checked UUID or nothing: the only part of the statement that comes from the caller and is no parameter. */
const figures = (program?: string) => (source: Source) => {
  const sessions = `${rowsIn(source, 'session')}${program ? ` and x.program_id = '${program}'::uuid` : ''}`;
  return `
  (select count(*)::int ${rowsIn(source, 'program')}) as programs,
  (select count(*)::int ${rowsIn(source, 'program')} and x.state = 'ACTIVE') as "activePrograms",
  (select count(*)::int ${rowsIn(source, 'lesson')}) as lessons,
  (select count(*)::int ${sessions} and x.state = 'HELD') as "sessionsHeld",
  (select count(*)::int ${sessions} and x.state = 'PLANNED') as "sessionsPlanned",
  (select coalesce(sum(x.seniors), 0)::int ${sessions} and x.state = 'HELD') as seniors,
  (select coalesce(sum(x.volunteers), 0)::int ${sessions} and x.state = 'HELD') as volunteers,
  (select count(*)::int ${rowsIn(source, 'donation')} and ${counting}) as donations,
  (select count(distinct coalesce(x.donor_organisation_id, x.donor_person_id))::int ${rowsIn(source, 'donation')} and ${counting}) as donors,
  ${given(source, `'MONEY'`)} as "donatedMoney",
  ${given(source, `'GOODS'`)} as "donatedGoods",
  ${given(source, `'SERVICE'`)} as "donatedServices",
  ${given(source, `'MONEY', 'GOODS', 'SERVICE'`)} as "donatedTotal"`;
};

@Resolver(() => Division)
export class DivisionProgramFigures {
  @FieldResolver(() => ProgramFigures, {
    nullable: true,
    description:
      'Figures over your slice of the division, exact and live, or as they were; null unless you hold the division (公益类指标).',
  })
  programFigures(
    @Root() { code }: Division,
    @Arg('asOf', () => GraphQLISODateTime, { nullable: true, description: 'As recorded at this moment (截至时间).' }) asOf: Date,
    @Arg('program', () => ID, {
      nullable: true,
      description: 'Count only the sessions, seniors and volunteers of this program; the other figures stay whole (项目标识).',
    })
    program: string,
    @Ctx() context: Context,
  ) {
    if (program && !isUUID(program)) throw new HubError('INVALID_INPUT', 'program: the id of a program.');
    return figuresOf<ProgramFigures>(context, `programFigures:${program ?? ''}`, code, asOf, figures(program));
  }
}
