import { InSliceOf } from '@hub/kit/in-slice-of';
import { stub } from '@hub/kit/reference';
import type { Ref } from '@mikro-orm/core';
import { ManyToOne } from '@mikro-orm/decorators/legacy';
import { ObjectType } from 'type-graphql';
import { Sited } from '../division/sited.ts';
import { Organisation } from '../organisation/organisation.ts';
import { Person } from '../person/person.ts';

export const exactlyOne = { name: 'person_or_organisation', expression: 'num_nonnulls(person_id, organisation_id) = 1' };

/** A row of a person or of an organisation, exactly one. Two composite keys keep it in the slice of the one it has. */
@ObjectType()
export abstract class OfPersonOrOrganisation extends Sited {
  @ManyToOne(() => Person, { ref: true, createForeignKeyConstraint: false, index: true, nullable: true })
  person?: Ref<Person> | null;

  @ManyToOne(() => Organisation, { ref: true, createForeignKeyConstraint: false, index: true, nullable: true })
  organisation?: Ref<Organisation> | null;

  @InSliceOf(() => Person, 'person_id')
  personKey?: never;

  @InSliceOf(() => Organisation, 'organisation_id')
  organisationKey?: never;

  protected whose(): Person | Organisation | null {
    return stub(Person, this.person?.id) ?? stub(Organisation, this.organisation?.id);
  }
}
