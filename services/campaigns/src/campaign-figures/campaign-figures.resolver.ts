import { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { figuresOf, here, lateral, type Source } from '@hub/kit/figures';
import { Arg, Ctx, FieldResolver, GraphQLISODateTime, Resolver, Root } from 'type-graphql';
import { Division } from '../division/division.ts';
import { CampaignFigures } from './campaign-figures.ts';

/** A text as SQL that holds nothing of the caller's but hexadecimal digits: no quote, backslash or placeholder can leave it. */
const literal = (text: string) => `convert_from(decode('${Buffer.from(text).toString('hex')}', 'hex'), 'UTF8')`;

const columns = (source: Source) => `
  (select count(*)::int from ${source('campaign')} c where ${here('c')}) as campaigns,
  (select count(*)::int from ${source('nomination')} n where ${here('n')}) as nominations,
  a.awards, a."awardedPeople", a."awardedOrganisations",
  i."contentItems", i.articles, i."shortVideos", i.posters, i.relays, m.reads, m.reposts`;

const kind = (code: string) => `(count(*) filter (where i.kind = '${code}'))::int`;
const sum = (metric: string) => `coalesce(sum(l.value) filter (where l.metric = '${metric}'), 0)::float8`;

function joins(source: Source, theme: string | undefined) {
  const ofTheme = theme === undefined ? 'true' : `i.theme = ${literal(theme)}`;
  const items = `from ${source('content_item')} i where ${here('i')} and ${ofTheme}`;
  const observed = theme === undefined ? 'true' : `o.item_id in (select i.id ${items})`;
  return [
    lateral(
      'a',
      `select count(*)::int as awards, count(distinct a.person_id)::int as "awardedPeople", count(distinct a.organisation_id)::int as "awardedOrganisations"
       from ${source('award')} a where ${here('a')} and a.revoked_on is null`,
    ),
    lateral(
      'i',
      `select count(*)::int as "contentItems", ${kind('ARTICLE')} as articles, ${kind('SHORT_VIDEO')} as "shortVideos", ${kind('POSTER')} as posters, ${kind('RELAY')} as relays ${items}`,
    ),
    lateral(
      'm',
      `select ${sum('READS')} as reads, ${sum('REPOSTS')} as reposts
       from (select distinct on (o.item_id, o.metric) o.metric, o.value from ${source('metric_observation')} o
         where ${here('o')} and o.metric in ('READS', 'REPOSTS') and ${observed} order by o.item_id, o.metric, o.observed_at desc) l`,
    ),
  ].join('\n');
}

@Resolver(() => Division)
export class DivisionCampaignFigures {
  @FieldResolver(() => CampaignFigures, {
    nullable: true,
    description:
      'Figures over your slice of the division, exact and live, or as they were; null unless you hold the division (评选与宣传类指标).',
  })
  campaignFigures(
    @Root() { code }: Division,
    @Arg('asOf', () => GraphQLISODateTime, { nullable: true, description: 'As recorded at this moment (截至时间).' }) asOf: Date,
    @Arg('theme', () => String, {
      nullable: true,
      description: 'Content of exactly this theme only; the other figures stay (主题).',
    })
    theme: string | null | undefined,
    @Ctx() context: Context,
  ) {
    const only = theme ?? undefined;
    if (only?.includes('\0')) throw new HubError('INVALID_INPUT', 'theme: no null characters.');
    const name = `campaignFigures${only === undefined ? '' : `:${JSON.stringify(only)}`}`;
    return figuresOf<CampaignFigures>(context, name, code, asOf, columns, source => joins(source, only));
  }
}
