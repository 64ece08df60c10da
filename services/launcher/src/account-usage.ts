export const accountUsage = `Usage: npm run -s account -- <command> …
  list [accounts | clients | grants]
  create <login name> --name NAME --division CODE [--email ADDRESS]
  invite <login name> --name NAME --division CODE [--email ADDRESS] <terms>
  reset | reset-factor | end-sessions <login name> [--reason TEXT]
  suspend | unsuspend <login name | client:CLIENT_ID> [--reason TEXT]
  grant <login name | client:CLIENT_ID> <terms>
  revoke <grant id> --reason TEXT
  client <client id> --name NAME --division CODE [<terms>]
  rotate <client id> [--keep-hours N | --end-old]
  history <login name | client:CLIENT_ID>
  rotate-key
Terms: --role ROLE --at CODE --reason TEXT [--scope "a b"] [--organisation UUID] [--from DATE] [--to DATE, that day included]
Example: npm run -s account -- invite wang.fang --name 王芳 --division 220102 --role COMMITTEE --at 220102 --reason 区委员会经办人`;

/** The command was typed wrongly: answered with how to type it, and exit code 2. */
export class UsageError extends Error {}

export interface Typed {
  /** What stands after the command, in order. */
  given: string[];
  options: Record<string, string | boolean | undefined>;
}

/** The one thing a command is about. */
export function subject({ given }: Typed, what: string): string {
  const [first, ...rest] = given;
  if (!first || rest.length > 0) throw new UsageError(`Give one ${what}.`);
  return first;
}

export function option({ options }: Typed, name: string): string {
  const value = options[name];
  if (typeof value !== 'string' || value === '') throw new UsageError(`--${name} is missing.`);
  return value;
}

export const optional = ({ options }: Typed, name: string): string | undefined =>
  (options[name] as string | undefined) || undefined;

const inChina = '+08:00';

/** A day in China, of which the last one counts whole; or a moment, in China's time unless it names another. */
function moment(typed: Typed, name: string): string | undefined {
  const given = optional(typed, name);
  if (given === undefined) return undefined;
  const { day, time = 'T00:00' } = /^(?<day>\d{4}-\d{2}-\d{2})(?<time>T.+)?$/.exec(given)?.groups ?? {};
  const hasZone = /(Z|[+-]\d{2}:?\d{2})$/.test(time);
  const date = new Date(`${day}${time}${hasZone ? '' : inChina}`);
  // 31 February is a day in March to JavaScript.
  const isDay = day !== undefined && new Date(`${day}T00:00Z`).toJSON()?.startsWith(day);
  if (!isDay || Number.isNaN(date.getTime())) throw new UsageError(`--${name} is "${given}": give a date such as 2027-01-31.`);
  const includesItsDay = name === 'to' && given === day;
  return new Date(date.getTime() + (includesItsDay ? 24 * 3_600_000 : 0)).toISOString();
}

/** What is granted. */
export const terms = (typed: Typed) => ({
  role: option(typed, 'role').toUpperCase(),
  division: option(typed, 'at'),
  reason: option(typed, 'reason'),
  scopes: optional(typed, 'scope')
    ?.split(/[\s,]+/)
    .filter(Boolean),
  organisationId: optional(typed, 'organisation'),
  validFrom: moment(typed, 'from'),
  validTo: moment(typed, 'to'),
});
