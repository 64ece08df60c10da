import { Context } from '@hub/kit/context';
import { InSliceOf } from '@hub/kit/in-slice-of';
import type { Ref } from '@mikro-orm/core';
import { ManyToOne } from '@mikro-orm/decorators/legacy';
import { Ctx, Field, ObjectType } from 'type-graphql';
import { Sited } from '../division/sited.ts';
import { Organisation } from './organisation.ts';

/** A row of an organisation. The composite key keeps it in its organisation's slice: when the organisation moves, it moves along. */
@ObjectType()
export abstract class OfOrganisation extends Sited {
  @ManyToOne(() => Organisation, { ref: true, createForeignKeyConstraint: false, index: true })
  organisation!: Ref<Organisation>;

  @InSliceOf(() => Organisation, 'organisation_id')
  organisationKey?: never;

  @Field(() => Organisation, { name: 'organisation', description: 'Whose it is (所属企业).' })
  theOrganisation(@Ctx() context: Context): Promise<Organisation | null> {
    return context.load(Organisation, this.organisation.id);
  }
}
