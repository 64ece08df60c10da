import { forChange } from '@hub/kit/change';
import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { contains } from '@hub/kit/viewer';
import type { EntityClass } from '@mikro-orm/postgresql';
import type { Sited } from './sited.ts';

/** Loads a row to change it. What is only published to the viewer or shared with it can be read, yet is not theirs to change. */
export async function ownForChange<T extends Sited>(
  { em, viewer }: Context,
  type: EntityClass<T>,
  id: string,
  expectedVersion: number,
): Promise<T> {
  const row = await forChange(em, type, id, expectedVersion);
  if (viewer.role !== 'COMMITTEE' || !contains(viewer.division, row.divisionCode))
    throw new HubError('FORBIDDEN', 'Only a committee that holds its division changes this.');
  return row;
}
