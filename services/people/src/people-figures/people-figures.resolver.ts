import { Context } from '@hub/kit/context';
import { figuresOf, here, lateral, type Source } from '@hub/kit/figures';
import { Arg, Ctx, FieldResolver, GraphQLISODateTime, Resolver, Root } from 'type-graphql';
import { Division } from '../division/division.ts';
import { PeopleFigures } from './people-figures.ts';

const columns = () =>
  `p.people, p."verifiedPeople", m.members, m."fullMembers", m."probationaryMembers", s.secretaries, s."branchesWithSecretary", m."branchesWithMembers"`;

const isSecretary = `p.branch_id is not null and p.kind = 'SECRETARY' and p.ended_on is null`;

const joins = (source: Source) =>
  [
    lateral(
      'p',
      `select count(*)::int as people, (count(*) filter (where p.real_name_status = 'VERIFIED'))::int as "verifiedPeople"
       from ${source('person')} p where ${here('p')}`,
    ),
    lateral(
      'm',
      `select count(*)::int as members, (count(*) filter (where m.status = 'FULL'))::int as "fullMembers",
         (count(*) filter (where m.status = 'PROBATIONARY'))::int as "probationaryMembers", count(distinct m.branch_id)::int as "branchesWithMembers"
       from ${source('branch_membership')} m where ${here('m')} and m.left_on is null`,
    ),
    lateral(
      's',
      // Narrowed in the aggregates only: in `where`, the planner would look through the index of all secretaries of the country.
      `select (count(distinct p.person_id) filter (where ${isSecretary}))::int as secretaries,
         (count(distinct p.branch_id) filter (where ${isSecretary}))::int as "branchesWithSecretary"
       from ${source('post')} p where ${here('p')}`,
    ),
  ].join('\n');

@Resolver(() => Division)
export class DivisionPeopleFigures {
  @FieldResolver(() => PeopleFigures, {
    nullable: true,
    description:
      'Figures over your slice of the division, exact and live, or as they were; null unless you hold the division (人员类指标).',
  })
  peopleFigures(
    @Root() { code }: Division,
    @Arg('asOf', () => GraphQLISODateTime, { nullable: true, description: 'As recorded at this moment (截至时间).' }) asOf: Date,
    @Ctx() context: Context,
  ) {
    return figuresOf<PeopleFigures>(context, 'peopleFigures', code, asOf, columns, joins);
  }
}
