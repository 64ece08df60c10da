import { Row } from '@hub/kit/row';
import type { Opt } from '@mikro-orm/core';
import { Field, ObjectType } from 'type-graphql';
import { Division, divisionOf } from './division.ts';

/** A row that shows the division it belongs to. */
@ObjectType()
export abstract class Sited extends Row {
  @Field(() => Division, { description: 'The county, or the city for city-level rows, it belongs to (属地).' })
  get division(): Opt<Division> {
    return divisionOf(this.divisionCode)!;
  }
}
