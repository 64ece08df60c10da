import type { MikroORM } from '@mikro-orm/postgresql';
import { asService } from '../as-service.ts';
import { bySeveral, type Demand, isDemanded } from '../factor/demand.ts';
import { factorsOf, hasFactor } from '../factor/factors.ts';
import { validGrants } from '../grant/valid-grants.ts';

/** Whether the browser's session is by less than its account needs now. */
export const needsMore = (orm: MikroORM, accountId: string, amr: readonly string[] = [], demand: Demand): Promise<boolean> =>
  asService(orm, async em => {
    if (amr.includes(bySeveral)) return false;
    return hasFactor(await factorsOf(em, accountId)) || isDemanded(demand, await validGrants(em, { accountId }));
  });
