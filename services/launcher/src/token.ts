import './node-guard.ts';
import { parseArgs } from 'node:util';
import { installationKey } from '@hub/identity/installation-key';
import { signToken } from '@hub/identity/sign-token';
import { isDivisionCode, type Role, roles } from '@hub/kit/viewer';
import { answerHelp } from './answer-help.ts';
import { isDivision } from './divisions.ts';
import { lineOf } from './launch-failure.ts';
import { hubData } from './settings.ts';

const usage = `Usage: npm run -s token -- --role ROLE --division CODE [--organisation UUID] [--scope "a b"] [--actor NAME] [--minutes N]
Roles: ${roles.filter(role => role !== 'SERVICE').join(', ')}; ORGANISATION and PARTNER act for one organisation.
Example: npm run -s token -- --role COMMITTEE --division 220102`;

answerHelp(usage);
try {
  const { values } = parseArgs({
    options: {
      role: { type: 'string' },
      division: { type: 'string' },
      organisation: { type: 'string' },
      scope: { type: 'string' },
      actor: { type: 'string' },
      minutes: { type: 'string' },
    },
  });
  const { role, division, organisation, scope, actor, minutes } = values;
  if (!role || !division) throw new Error('A token needs --role and --division.');
  if (isDivisionCode(division) && !isDivision(division)) throw new Error(`There is no division ${division}.`);
  const claims = {
    role: role.toUpperCase() as Role,
    division,
    organisation,
    scopes: scope?.split(/[\s,]+/).filter(Boolean),
    actor,
    minutes: minutes === undefined ? undefined : Number(minutes),
  };
  console.log(await signToken(await installationKey(hubData()), claims));
} catch (error) {
  console.error(`${lineOf(error)}\n${usage}`);
  process.exit(2);
}
