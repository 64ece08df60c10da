import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { chunks } from '@hub/kit/imports/chunks';
import { askPeer } from '@hub/kit/peer';

const fields = { Organisation: 'name: legalName', Branch: 'name' } as const;

/**
 * What organisations or branches are called, as far as the caller may see them; asked only for what is said in words. Whoever may not
 * read them is told without names.
 */
export async function namesOf(
  { peers, authorization }: Context,
  type: keyof typeof fields,
  ids: Iterable<string>,
): Promise<Map<string, string>> {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { id ${fields[type]} } } }`;
  const names = new Map<string, string>();
  for (const part of chunks([...new Set(ids)], 500)) {
    const of = part.map(id => ({ __typename: type, id }));
    const { _entities } = await askPeer<{ _entities: ({ id: string; name: string } | null)[] }>(
      peers.organisations,
      authorization,
      query,
      { of },
    ).catch(error => {
      if (error instanceof HubError && error.code === 'FORBIDDEN') return { _entities: [] };
      throw error;
    });
    for (const each of _entities) if (each) names.set(each.id, each.name);
  }
  return names;
}
