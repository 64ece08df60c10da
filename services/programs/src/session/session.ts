import { connectionOf } from '@hub/kit/page';
import { Searchable } from '@hub/kit/searchable';
import { sliced } from '@hub/kit/slice';
import type { Opt, Ref } from '@mikro-orm/core';
import { Entity, Enum, Index, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, GraphQLISODateTime, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Sited } from '../division/sited.ts';
import { Program } from '../program/program.ts';
import { partneredPrograms, takesPart } from '../program/program-audience.ts';

export enum SessionState {
  PLANNED = 'PLANNED',
  HELD = 'HELD',
  CANCELLED = 'CANCELLED',
}
registerEnumType(SessionState, { name: 'SessionState', description: 'State of a session (活动状态).' });

/** Belongs to the division of its venue, not to its program's: a city program has sessions in its counties. */
@Entity({
  rowLevelSecurity: 'force',
  policies: sliced({
    organisation: `program_id in (select id from program where ${takesPart})`,
    partner: `program_id in ${partneredPrograms}`,
    partnerWrites: ['update'],
  }),
})
@ObjectType({ description: 'A community class of a program, at a venue (社区课堂).' })
@Directive('@key(fields: "id")')
@Index({ properties: ['divisionCode', 'startsAt', 'id'] })
@Index({ properties: ['program', 'startsAt', 'id'] })
@Searchable({ table: 'session', parts: ['venue'] })
export class Session extends Sited {
  @ManyToOne(() => Program, { ref: true })
  program!: Ref<Program>;

  @Field({ description: 'Where it takes place (社区/地点).' })
  @Property({ type: 'text' })
  venue!: string;

  @Field(() => GraphQLISODateTime, { description: 'Begins at, ISO 8601 (开始时间).' })
  @Property({ type: 'timestamptz' })
  startsAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Ends at, ISO 8601 (结束时间).' })
  @Property({ type: 'timestamptz', nullable: true })
  endsAt?: Date | null;

  @Field(() => Int, { nullable: true, description: 'Places for seniors, persons (名额，人).' })
  @Property({ type: 'integer', nullable: true })
  capacity?: number | null;

  @Field(() => String, { nullable: true, description: 'What is taught (课程主题).' })
  @Property({ type: 'text', nullable: true })
  topic?: string | null;

  @Field(() => SessionState, { description: 'Its state (活动状态).' })
  @Enum({ items: () => SessionState, default: SessionState.PLANNED })
  state: Opt<SessionState> = SessionState.PLANNED;

  @Field(() => Int, { nullable: true, description: 'Seniors who came, persons; null until it was held (参加人数，人).' })
  @Property({ type: 'integer', nullable: true })
  seniors?: number | null;

  @Field(() => Int, { nullable: true, description: 'Volunteers who came, persons; null until it was held (志愿者人数，人).' })
  @Property({ type: 'integer', nullable: true })
  volunteers?: number | null;

  @Field(() => String, { nullable: true, description: 'Why it was cancelled (取消原因).' })
  @Property({ type: 'text', nullable: true })
  cancelReason?: string | null;
}

export const SessionConnection = connectionOf(Session);
