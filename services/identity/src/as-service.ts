import { asService as asServiceOf } from '@hub/kit/as-service';
import type { EntityManager } from '@mikro-orm/postgresql';

/** Works in one transaction as the identity service itself: it sees every account, which no viewer does. */
export const asService = <T>(
  orm: { em: Pick<EntityManager, 'fork'> },
  work: (em: EntityManager) => Promise<T>,
  actor = 'identity',
): Promise<T> => asServiceOf(orm, { requestId: 'sign-in' }, work, actor);
