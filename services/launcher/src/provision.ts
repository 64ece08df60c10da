import './node-guard.ts';
import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { linesOf } from '@hub/postgres/need';
import { provisionServer } from '@hub/postgres/provision-server';
import { answerHelp } from './answer-help.ts';
import { LaunchFailure, lineOf } from './launch-failure.ts';
import { services } from './layout.ts';
import { provisionedVariables } from './provisioned-variables.ts';

const usage = `Usage: npm run -s provision -- [postgres://administrator:password@host:5432/postgres] [service …] [--check] [--new-passwords]
Makes what the hub needs of a PostgreSQL of your own: roles, logins, databases, grants; says what is wrong; prints the variables to set.
On a command line everybody on this machine can read the address: set DATABASE_URL_ADMINISTRATOR, or write it to standard input instead.
The administrator needs CREATEROLE and CREATEDB, not SUPERUSER. --check changes nothing. Services: ${services.join(', ')}; all, unless named.`;

answerHelp(usage);
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { check: { type: 'boolean' }, 'new-passwords': { type: 'boolean' } },
  });
  const [first, ...others] = positionals;
  const isAddress = first !== undefined && /:/.test(first);
  const named = isAddress ? others : positionals;
  const chosen = services.filter(service => named.length === 0 || named.includes(service));
  const unknown = named.find(name => !services.some(service => service === name));
  if (unknown !== undefined) throw new LaunchFailure(`There is no service "${unknown}".\n${usage}`);
  const adminUrl = addressIn(isAddress ? first : process.env.DATABASE_URL_ADMINISTRATOR || (await fromInput()));

  const made = new Map<string, string>();
  const passwords = (login: string) => {
    const password = made.get(login) ?? randomBytes(24).toString('hex');
    made.set(login, password);
    return password;
  };
  const isCheck = values.check ?? false;
  const { changed, left } = await provisionServer(adminUrl, chosen, { passwords, isCheck, renews: values['new-passwords'] });
  // To the terminal, so that standard output can become a file of variables.
  for (const { fault } of changed) console.error(`Mended: ${fault}.`);
  for (const need of left) console.error(`${need.optional ? 'Missing' : 'WRONG'}: ${linesOf(need).join('\n')}`);
  if (changed.length === 0 && left.length === 0) console.error('All is as it should be: nothing was changed.');
  else if (changed.length === 0) console.error('Nothing was changed.');
  if (!isCheck) console.log(provisionedVariables(adminUrl, chosen, made).join('\n'));
  process.exitCode = left.some(({ optional }) => !optional) ? 1 : 0;
} catch (error) {
  console.error(lineOf(error));
  process.exitCode = 1;
}

async function fromInput(): Promise<string> {
  return process.stdin.isTTY ? '' : (await text(process.stdin)).trim();
}

function addressIn(given: string): string {
  if (/^postgres(ql)?:\/\/[^/]/.test(given) && URL.canParse(given)) return given;
  throw new LaunchFailure(
    `Give the address of an administrator, such as postgres://postgres:…@127.0.0.1:5432/postgres.\n${usage}`,
  );
}
