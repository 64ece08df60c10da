import { becauseOf } from '@hub/kit/change';
import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { mention } from '@hub/kit/reference';
import { ownForChange } from '../division/own-for-change.ts';
import { organisationReference } from '../organisation/organisation.ts';
import type { AddPartner, RemovePartner } from './program.input.ts';
import { Program } from './program.ts';
import { ProgramPartner } from './program-partner.ts';

/** Shares a program with a partner, for the first time or again. */
export async function addPartner(context: Context, { programId, expectedVersion, organisationId }: AddPartner): Promise<Program> {
  const { em } = context;
  const program = await ownForChange(context, Program, programId, expectedVersion);
  const organisation = await mention(context, organisationReference, organisationId);
  const earlier = await em.findOne(ProgramPartner, { program: program.id, organisation: organisation.id });
  if (earlier && !earlier.leftOn) throw new HubError('CONFLICT', 'The organisation is a partner in this program already.');
  if (earlier) earlier.leftOn = null;
  else em.create(ProgramPartner, { program, organisation, divisionCode: program.divisionCode });
  await em.flush();
  return program;
}

/** Ends a partnership: from this moment the partner sees nothing of the program. The link stays, with its date. */
export async function removePartner(context: Context, input: RemovePartner): Promise<Program> {
  const { em } = context;
  const program = await ownForChange(context, Program, input.programId, input.expectedVersion);
  const link = await em.findOneOrFail(ProgramPartner, {
    program: program.id,
    organisation: input.organisationId,
    leftOn: null,
  });
  await becauseOf(em, input.reason);
  link.leftOn = input.leftOn;
  await em.flush();
  return program;
}
