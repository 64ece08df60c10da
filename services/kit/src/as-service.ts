import type { EntityManager } from '@mikro-orm/postgresql';
import { type Occasion, session } from './slice.ts';
import type { Viewer } from './viewer.ts';

const service: Viewer = { actor: 'service', role: 'SERVICE', division: '000000', scopes: new Set() };

/** Works in one transaction as the hub itself, which sees what no viewer does. `actor` is whose change it is, where it is not the hub's own. */
export const asService = <T>(
  { em }: { em: Pick<EntityManager, 'fork'> },
  occasion: Occasion,
  work: (em: EntityManager) => Promise<T>,
  actor?: string,
): Promise<T> => em.fork({ session: session(actor ? { ...service, actor } : service, occasion) }).transactional(work);
