import { connectionOf } from '@hub/kit/page';
import { ofDivisionsAbove, sliced } from '@hub/kit/slice';
import type { Opt } from '@mikro-orm/core';
import { Entity, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ObjectType } from 'type-graphql';
import { Sited } from '../division/sited.ts';

@Entity({
  rowLevelSecurity: 'force',
  policies: sliced({
    organisation: ofDivisionsAbove,
  }),
})
@ObjectType({ description: 'The industry committee of a division (行业委员会).' })
@Directive('@key(fields: "id")')
@Unique({ properties: ['divisionCode'] })
export class Committee extends Sited {
  @Field({ description: 'Name (名称).' })
  @Property({ type: 'text' })
  name!: string;

  @Field(() => Boolean, { description: 'What it publishes reaches the divisions below (可向下发布).' })
  @Property({ type: 'boolean', default: false })
  publishesDownward: Opt<boolean> = false;
}

export const CommitteeConnection = connectionOf(Committee);
