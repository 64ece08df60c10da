import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { Organisation, OrganisationStatus } from '../organisation/organisation.ts';
import type { CreateBranch } from './branch.input.ts';
import { Branch, BranchKind } from './branch.ts';
import { BranchOrganisation } from './branch-organisation.ts';

/** Establishes a branch of organisations that all belong to one division; an organisation has at most one branch of its own. */
export async function establishBranch({ em }: Context, { organisationIds, ...input }: CreateBranch): Promise<Branch> {
  const organisations = await em.find(Organisation, { id: { $in: organisationIds } });
  if (organisations.length < organisationIds.length)
    throw new HubError('NOT_FOUND', 'One of the organisations does not exist in your slice.');
  const divisions = new Set(organisations.map(({ divisionCode }) => divisionCode));
  if (divisions.size > 1) throw new HubError('NOT_ALLOWED', 'A branch has organisations of one division only.');
  if (organisations.some(({ status }) => status === OrganisationStatus.DISSOLVED))
    throw new HubError('NOT_ALLOWED', 'A dissolved organisation founds no branch.');
  const [divisionCode] = divisions as Set<string> & Iterable<string>;
  const kind = organisations.length === 1 ? BranchKind.SOLO : BranchKind.JOINT;
  const taken = await em.count(BranchOrganisation, {
    organisation: { $in: organisationIds },
    leftOn: null,
    branch: { dissolvedOn: null },
  });
  if (taken > 0) throw new HubError('CONFLICT', 'One of the organisations takes part in a branch already.');
  const branch = em.create(Branch, { ...input, kind, divisionCode: divisionCode! });
  for (const organisation of organisations)
    em.create(BranchOrganisation, { branch, organisation, divisionCode: organisation.divisionCode });
  await em.flush();
  return branch;
}
