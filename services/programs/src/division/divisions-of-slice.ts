import type { Context } from '@hub/kit/context';
import { askPeer } from '@hub/kit/peer';
import { contains } from '@hub/kit/viewer';

interface Answer {
  divisions: { nodes: { code: string; name: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}

const below = `query ($parent: String, $after: String) { divisions(parent: $parent, first: 200, after: $after) { nodes { code name } pageInfo { hasNextPage endCursor } } }`;

interface Own {
  code: string;
  name: string;
  parent?: Own | null;
}

/**
 * The divisions of the caller's slice with their names, from their owner: the caller's own and, of a city, its counties; and those above it,
 * for a full name begins with theirs.
 */
export async function divisionsOfSlice({ viewer, peers, authorization }: Context): Promise<{ code: string; name: string }[]> {
  const ask = <T>(query: string, variables: object) => askPeer<T>(peers.organisations, authorization, query, variables);
  const { division } = await ask<{ division: Own | null }>(
    'query ($code: String!) { division(code: $code) { code name parent { code name parent { code name } } } }',
    { code: viewer.division },
  );
  const known: { code: string; name: string }[] = [];
  for (let above: Own | null | undefined = division; above; above = above.parent)
    known.push({ code: above.code, name: above.name });
  const parents = [viewer.division];
  for (const parent of parents) {
    for (let after: string | undefined, more = true; more; ) {
      const { divisions } = await ask<Answer>(below, { parent, after });
      known.push(...divisions.nodes);
      // Cities of a province have counties of their own.
      parents.push(
        ...divisions.nodes.map(({ code }) => code).filter(code => code.endsWith('00') && contains(viewer.division, code)),
      );
      after = divisions.pageInfo.endCursor;
      more = divisions.pageInfo.hasNextPage;
    }
  }
  return known;
}
