import { randomUUID } from 'node:crypto';
import type { Opt } from '@mikro-orm/core';
import { PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from 'type-graphql';

/** What every row that belongs to a division has. Table and GraphQL type in one. */
@ObjectType()
export abstract class Row {
  @Field(() => ID, { description: 'Identifier, a UUID (标识).' })
  @PrimaryKey({ type: 'uuid' })
  id: string & Opt = randomUUID();

  @Field(() => Int, { description: 'Counts the changes; send it back as expectedVersion (版本).' })
  @Property({ type: 'integer', version: true })
  version!: number & Opt;

  /** GB/T 2260 code of the county, or of the city for city-level rows. Row security compares it, see slice.ts. */
  @Property({ type: 'text', index: true })
  divisionCode!: string;

  @Field(() => GraphQLISODateTime, { description: 'When the row was entered, ISO 8601 (录入时间).' })
  // To the millisecond, as cursors carry it.
  @Property({ columnType: 'timestamptz(3)', type: 'datetime', defaultRaw: 'now()' })
  createdAt: Date & Opt = new Date();
}
