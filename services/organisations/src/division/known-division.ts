import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { Division } from './division.ts';

/** A division a caller names must exist; whether they may write there is row security's matter. */
export async function knownDivision(context: Context, code: string): Promise<Division> {
  const division = await context.load(Division, code, 'code');
  if (!division) throw new HubError('INVALID_INPUT', `There is no division ${code}: take a code from divisions(parent:).`);
  return division;
}
