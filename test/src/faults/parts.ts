import type { Hub } from '@hub/launcher/start-hub';
import { ask } from '../test-service.ts';

export const parts = ['identity', 'organisations', 'people', 'campaigns', 'programs'] as const;
export type Part = (typeof parts)[number];

type Asked = Pick<Hub, 'url' | 'token'>;

/** As somebody of the county: one viewer alone may not have as much under way as all of these together. */
export const asCounty = (hub: Asked, actor: string, query: string, variables: object = {}, headers: object = {}) =>
  hub.token({ role: 'COMMITTEE', division: '220102', actor }).then(token => ask(hub.url, token, query, variables, headers));

/** Whether a part of the hub answers what it alone can. */
export async function answers(hub: Asked, part: Part): Promise<boolean> {
  try {
    if (part === 'identity') return (await fetch(`${hub.url}/identity/jwks`)).status === 200;
    const { errors } = await asCounty(hub, `asks ${part}`, `{ ${part}(first: 1) { totalCount } }`);
    return errors === undefined;
  } catch {
    return false;
  }
}

/** Everything the county has on file, by name; a name as often as it is there. */
export async function organisationNames(hub: Asked): Promise<string[]> {
  const query =
    'query ($after: String) { organisations(first: 200, after: $after) { nodes { legalName } pageInfo { hasNextPage endCursor } } }';
  const names: string[] = [];
  for (let after: string | null = null; ; ) {
    const { data, errors } = await asCounty(hub, 'counts', query, { after });
    if (errors) throw new Error(JSON.stringify(errors));
    const { nodes, pageInfo } = data.organisations;
    names.push(...nodes.map(({ legalName }: { legalName: string }) => legalName));
    if (!pageInfo.hasNextPage) return names;
    after = pageInfo.endCursor;
  }
}
