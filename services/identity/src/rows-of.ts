import type { Context } from '@hub/kit/context';
import type { EntityClass, FilterQuery, QueryOrderMap } from '@mikro-orm/postgresql';

/** The rows whose `key` names somebody, in an order; one statement for everybody asked about in the operation. */
export const rowsOf = <T extends object>(
  context: Context,
  type: EntityClass<T>,
  key: keyof T & string,
  id: string,
  orderBy: QueryOrderMap<T>,
): Promise<T[]> =>
  context
    .batched<T[]>(`${type.name} of ${key}`, async ids => {
      const where = { [key]: { $in: [...ids] } } as FilterQuery<T>;
      const rows = await context.read.find(type, { where, orderBy: [orderBy] });
      return ids.map(each => rows.filter(row => row[key] === each));
    })
    .load(id);
