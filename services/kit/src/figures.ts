import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import type { Context } from './context.ts';
import { wholeMoment } from './moment.ts';
import { interval } from './viewer.ts';
import { holds } from './within.ts';

/** What every set of figures says besides. */
@ObjectType()
export abstract class AsOf {
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'The moment asked for, or the last whole one before it while a change was under way; null for now (截至时间).',
  })
  asOf!: Date | null;
}

/** Names a table as it is, or as it was at a moment. */
export type Source = (table: string) => string;

/**
 * Figures of divisions, exact and live: for all divisions of the operation one statement, in the operation's transaction.
 * `columns` is the list of figures as SQL over `d (code, lo, hi)`, the interval of a division, and over what `joins` adds; both name their
 * tables through `source`.
 * Null where the viewer does not hold the whole division.
 */
export async function figuresOf<T>(
  context: Context,
  name: string,
  code: string,
  asked: Date | undefined,
  columns: (source: Source) => string,
  joins: (source: Source) => string = () => '',
): Promise<(T & AsOf) | null> {
  if (!holds(context.viewer, code)) return null;
  const moment = asked && (await wholeMoment(context, asked));
  const source: Source = table => (moment ? `as_of_${table}('${moment}'::timestamptz)` : table);
  const asOf = moment ? new Date(moment) : null;
  return context
    .batched<(T & AsOf) | null>(`${name}@${moment ?? ''}`, async codes => {
      const divisions = codes.map(each => ({ code: each, lo: interval(each).from, hi: interval(each).to }));
      const rows = await context.read.execute<{ code: string } & T>(
        `select d.code, ${columns(source)} from jsonb_to_recordset(?::jsonb) as d (code text, lo text, hi text) ${joins(source)}`,
        [JSON.stringify(divisions)],
      );
      const byCode = new Map(rows.map(row => [row.code, { ...row, asOf }]));
      return codes.map(each => byCode.get(each) ?? null);
    })
    .load(code);
}

/** "In the division" as SQL, for a table's alias. */
export const here = (alias: string) => `${alias}.division_code >= d.lo and ${alias}.division_code < d.hi`;

/** A set of figures computed together, over one scan. */
export const lateral = (name: string, select: string) => `cross join lateral (${select}) ${name}`;
