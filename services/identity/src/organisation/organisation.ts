import { Reference, type ReferenceType } from '@hub/kit/reference';
import type { Opt } from '@mikro-orm/core';
import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { ownWorkings } from '../administered.ts';

/**
 * The copy of an organisation that a grant names: where it is, and whether it has ended. A trigger of the database takes accounts, API
 * clients and grants along when it changes. Nobody's slice: no administrator sees it, and a function writes it where one grants.
 */
@Entity({ rowLevelSecurity: 'force', policies: ownWorkings() })
export class Organisation extends Reference {
  @Property({ type: 'boolean', default: false })
  ended: Opt<boolean> = false;
}

export const organisationReference: ReferenceType = {
  type: Organisation,
  owner: 'organisations',
  ends: 'endedOrganisations',
};
