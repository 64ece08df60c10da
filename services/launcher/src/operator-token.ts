import { installationKey } from '@hub/identity/installation-key';
import { scopes } from '@hub/identity/scopes';
import { signToken } from '@hub/identity/sign-token';
import { hubData } from './settings.ts';

/** Whoever can read the installation's key is its operator: a committee's token with every scope. */
export async function operatorToken(): Promise<string> {
  const division = process.env.HUB_OPERATOR_DIVISION || '220100';
  return signToken(await installationKey(hubData()), { role: 'COMMITTEE', division, scopes, actor: 'commands' });
}
