import { Context } from '@hub/kit/context';
import { Row } from '@hub/kit/row';
import { Ctx, Field, ObjectType } from 'type-graphql';
import { Division } from './division.ts';

/** A row that shows the division it belongs to. */
@ObjectType()
export abstract class Sited extends Row {
  @Field(() => Division, { description: 'The county, or the city for city-level rows, it belongs to (属地).' })
  division(@Ctx() context: Context): Promise<Division | null> {
    return context.load(Division, this.divisionCode, 'code');
  }
}
