import { session } from '@hub/kit/slice';
import type { EntityManager } from '@mikro-orm/postgresql';

/** Works in one transaction as the identity service itself: it sees every account, which no viewer does. */
export const asService = <T>(
  orm: { em: Pick<EntityManager, 'fork'> },
  work: (em: EntityManager) => Promise<T>,
  actor = 'identity',
): Promise<T> => {
  const viewer = { actor, role: 'SERVICE', division: '000000', scopes: new Set<string>() } as const;
  return orm.em.fork({ session: session(viewer, { requestId: 'sign-in' }) }).transactional(work);
};
