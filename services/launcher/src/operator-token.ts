import { installationKey } from '@hub/identity/installation-key';
import { scopes } from '@hub/identity/scopes';
import { signToken } from '@hub/identity/sign-token';
import { hubData, hubDivision } from './settings.ts';

/** The whole country: whatever the installation's division is, its accounts are the operator's to look after. */
export const everywhere = '000000';

/** Where ledgers are brought in: names of divisions are looked for below it, and there are two of some in the country. */
export const ledgerDivision = (): string => process.env.HUB_OPERATOR_DIVISION || hubDivision();

/** Whoever can read the installation's key is its operator: a committee's token with every scope. */
export async function operatorToken(division: string): Promise<string> {
  return signToken(await installationKey(hubData()), { role: 'COMMITTEE', division, scopes, actor: 'commands' });
}
