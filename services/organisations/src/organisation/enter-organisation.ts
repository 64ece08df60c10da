import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { knownDivision } from '../division/known-division.ts';
import type { CreateOrganisation } from './organisation.input.ts';
import { Organisation } from './organisation.ts';

/**
 * Enters an organisation. A code that is on file is refused in the same words whether the caller's own slice has it or another: they say
 * what to do in either case.
 */
export async function enterOrganisation(context: Context, input: CreateOrganisation): Promise<Organisation> {
  await knownDivision(context, input.divisionCode);
  const organisation = context.em.create(Organisation, input);
  try {
    await context.em.flush();
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    const taken = new HubError(
      'CONFLICT',
      `creditCode: ${input.creditCode} is on file already: change that file, or where you cannot see it, claim it with claimOrganisation; the committee above sees the claim and decides (${input.creditCode}已登记；在您辖区内的请修改原档案，查不到的请用 claimOrganisation 申请认领，由上级委员会处理).`,
    );
    throw Object.assign(taken, { cause: error });
  }
  return organisation;
}
