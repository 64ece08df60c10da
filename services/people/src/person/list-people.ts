import type { Context } from '@hub/kit/context';
import { list, type Order, type Page } from '@hub/kit/page';
import { searching } from '@hub/kit/searchable';
import { within } from '@hub/kit/within';
import type { FilterQuery } from '@mikro-orm/postgresql';
import { type PeopleArgs, type PersonFilter, PersonOrder } from './person.input.ts';
import { Person } from './person.ts';

const orders: Record<PersonOrder, Order<Person>> = {
  CREATED_DESC: [['createdAt', 'desc']],
  CREATED_ASC: [['createdAt', 'asc']],
  DIVISION_ASC: [
    ['divisionCode', 'asc'],
    ['createdAt', 'asc'],
  ],
  NAME_ASC: [['sortKey', 'asc']],
  NAME_DESC: [['sortKey', 'desc']],
};

/** Living members of a branch, as a condition on people. */
export const memberOf = (branchId: string): FilterQuery<Person> => ({
  memberships: { $some: { branch: branchId, leftOn: null } },
});

function matching({ division, organisationId, branchId, search, ...exact }: PersonFilter): FilterQuery<Person> {
  return {
    ...exact,
    ...(division && within(division)),
    ...(organisationId && { organisation: organisationId }),
    ...(branchId && (memberOf(branchId) as object)),
    ...searching(Person, search),
  };
}

/** A list of people, among those `of` a parent. */
export function listPeople(
  context: Context,
  { where, orderBy, ...page }: PeopleArgs,
  of: FilterQuery<Person> = {},
): Page<Person> {
  return list(context, Person, {
    page,
    of,
    where: matching(where ?? {}),
    orderBy: orders[orderBy],
  });
}
