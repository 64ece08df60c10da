import { Context } from '@hub/kit/context';
import { figuresOf, here, lateral, type Source } from '@hub/kit/figures';
import { Arg, Ctx, FieldResolver, GraphQLISODateTime, Resolver, Root } from 'type-graphql';
import { Division } from '../division/division.ts';
import { FigureStatus } from '../figure/figure.ts';
import { latestFirst, mayBeLatest } from '../figure/latest-figure.ts';
import { OrganisationFigures } from './organisation-figures.ts';

const columns = () =>
  `o.organisations, o."keyOrganisations", f.employees, f."outputValue", f."reportedMembers", b.branches, b."soloBranches", b."jointBranches", c."coveredOrganisations"`;

const standing = (source: Source) =>
  `select o.id from ${source('organisation')} o where ${here('o')} and o.status <> 'DISSOLVED'`;
const sum = (indicator: string) => `coalesce(sum(l.value) filter (where l.indicator = '${indicator}'), 0)`;

const joins = (status?: FigureStatus | null) => (source: Source) =>
  [
    lateral(
      'o',
      `select count(*)::int as organisations, (count(*) filter (where o.is_key))::int as "keyOrganisations"
       from ${source('organisation')} o where ${here('o')} and o.status <> 'DISSOLVED'`,
    ),
    lateral(
      'f',
      `select ${sum('EMPLOYEES')} as employees, ${sum('OUTPUT_VALUE')} as "outputValue", ${sum('REPORTED_MEMBERS')} as "reportedMembers"
       from (select distinct on (f.organisation_id, f.indicator) f.indicator, f.value from ${source('figure')} f
         where ${here('f')} and ${mayBeLatest('f')}${status ? ` and f.status = '${status}'` : ''} and f.organisation_id in (${standing(source)})
         order by f.organisation_id, f.indicator, ${latestFirst('f')}) l`,
    ),
    lateral(
      'b',
      `select count(*)::int as branches, (count(*) filter (where b.kind = 'SOLO'))::int as "soloBranches", (count(*) filter (where b.kind = 'JOINT'))::int as "jointBranches"
       from ${source('branch')} b where ${here('b')} and b.dissolved_on is null`,
    ),
    lateral(
      'c',
      `select count(distinct l.organisation_id)::int as "coveredOrganisations" from ${source('branch_organisation')} l
       where ${here('l')} and l.left_on is null and l.organisation_id in (${standing(source)})
         and l.branch_id in (select b.id from ${source('branch')} b where b.dissolved_on is null)`,
    ),
  ].join('\n');

@Resolver(() => Division)
export class DivisionOrganisationFigures {
  @FieldResolver(() => OrganisationFigures, {
    nullable: true,
    description:
      'Figures over your slice of the division, exact and live, or as they were; null unless you hold the division (企业类指标).',
  })
  organisationFigures(
    @Root() { code }: Division,
    @Arg('asOf', () => GraphQLISODateTime, { nullable: true, description: 'As recorded at this moment (截至时间).' }) asOf: Date,
    @Arg('status', () => FigureStatus, {
      nullable: true,
      description: 'Employees, output value and reported members by figures of this status alone, such as VERIFIED (数据状态).',
    })
    status: FigureStatus | null | undefined,
    @Ctx() context: Context,
  ) {
    return figuresOf<OrganisationFigures>(context, `organisationFigures ${status ?? ''}`, code, asOf, columns, joins(status));
  }
}
