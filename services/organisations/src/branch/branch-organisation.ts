import { sliced } from '@hub/kit/slice';
import type { Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, Property, Unique } from '@mikro-orm/decorators/legacy';
import { OfOrganisation } from '../organisation/of-organisation.ts';
import { Branch } from './branch.ts';

/** That an organisation takes part in a branch, until it leaves. Shown as `Branch.organisations` and `Organisation.branches`. */
@Entity({ rowLevelSecurity: 'force', policies: sliced({ organisation: 'organisation_id' }) })
@Unique({ properties: ['branch', 'organisation'] })
export class BranchOrganisation extends OfOrganisation {
  @ManyToOne(() => Branch, { ref: true, index: true })
  branch!: Ref<Branch>;

  @Property({ type: 'date', nullable: true })
  leftOn?: string | null;
}
