import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { mention, mentionAll } from '@hub/kit/reference';
import { committeeReference } from '../committee/committee.ts';
import { organisationReference } from '../organisation/organisation.ts';
import { checkProgramDates } from './check-program-dates.ts';
import type { CreateProgram } from './program.input.ts';
import { Program } from './program.ts';
import { ProgramPartner } from './program-partner.ts';

/** Enters a program with its one lead and its partners. It belongs to the lead's division and moves with it. */
export async function createProgram(context: Context, input: CreateProgram): Promise<Program> {
  const { em, viewer } = context;
  const { leadOrganisationId, leadCommitteeId, partnerIds, ...details } = input;
  if (viewer.role !== 'COMMITTEE') throw new HubError('FORBIDDEN', 'A committee enters programs.');
  if (Boolean(leadOrganisationId) === Boolean(leadCommitteeId))
    throw new HubError('INVALID_INPUT', 'Give either leadOrganisationId or leadCommitteeId.');
  const leadOrganisation = leadOrganisationId ? await mention(context, organisationReference, leadOrganisationId) : undefined;
  const leadCommittee = leadCommitteeId ? await mention(context, committeeReference, leadCommitteeId) : undefined;
  const partners = await mentionAll(context, organisationReference, partnerIds);
  if (partners.size < partnerIds.length) throw new HubError('NOT_FOUND', 'One of the partners does not exist in your slice.');
  const { divisionCode } = (leadOrganisation ?? leadCommittee)!;
  const program = em.create(Program, { ...details, leadOrganisation, leadCommittee, divisionCode });
  checkProgramDates(program);
  for (const organisation of partners.values()) em.create(ProgramPartner, { program, organisation, divisionCode });
  await em.flush();
  return program;
}
