import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { askPeer } from '@hub/kit/peer';
import { contains } from '@hub/kit/viewer';

interface Found {
  status: string;
  division: { code: string };
}

const query = 'query ($id: ID!) { organisation(id: $id) { status division { code } } }';

/**
 * Whoever acts for an organisation acts where it is. The organisations subgraph is asked with the granter's own token at each grant:
 * what they cannot see they cannot grant. The copy makes the grant follow (docs/decisions/grants-follow-organisations.md).
 */
export async function assertOwnOrganisation(
  { em, peers, authorization }: Context,
  { organisationId, division }: { organisationId?: string | null; division: string },
): Promise<void> {
  if (!organisationId) return;
  const { organisation } = await askPeer<{ organisation: Found | null }>(peers.organisations, authorization, query, {
    id: organisationId,
  });
  if (!organisation) throw new HubError('NOT_FOUND', 'organisationId: no such organisation in your slice.');
  if (organisation.status === 'DISSOLVED')
    throw new HubError('NOT_ALLOWED', 'organisationId: the organisation is dissolved, nobody acts for it.');
  const { code } = organisation.division;
  if (!contains(division, code))
    throw new HubError('NOT_ALLOWED', `division: the organisation belongs to ${code}, so grant it there, not at ${division}.`);
  await em.execute('select keep_organisation(?, ?)', [organisationId, code]);
}
