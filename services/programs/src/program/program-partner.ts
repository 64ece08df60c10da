import { InSliceOf } from '@hub/kit/in-slice-of';
import { ownOrganisation, sliced } from '@hub/kit/slice';
import type { Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Sited } from '../division/sited.ts';
import { Organisation } from '../organisation/organisation.ts';
import { Program } from './program.ts';

/** Wherever the program is. */
const takesPartHere = `organisation_id = ${ownOrganisation}`;

/**
 * That an organisation is a partner in a program, until it leaves. Shown as `Program.partners` and `Organisation.programs`. It belongs to
 * the program's division. A partner's policy is a plain column here, because the policies of programs, lessons and sessions read this table.
 */
@Entity({
  rowLevelSecurity: 'force',
  policies: [
    ...sliced({ organisation: takesPartHere, partner: takesPartHere }),
    // A county sees in which programs of others its own organisations are partners; the programs only where they are published.
    {
      name: 'own_organisations',
      command: 'select',
      roles: ['hub_committee', 'hub_reporting'],
      using: 'organisation_id in (select id from organisation)',
    },
  ],
})
@Unique({ properties: ['program', 'organisation'] })
export class ProgramPartner extends Sited {
  @ManyToOne(() => Program, { ref: true, createForeignKeyConstraint: false })
  program!: Ref<Program>;

  @InSliceOf(() => Program, 'program_id')
  programKey?: never;

  @ManyToOne(() => Organisation, { ref: true, index: true })
  organisation!: Ref<Organisation>;

  @Property({ type: 'date', nullable: true })
  leftOn?: string | null;
}
