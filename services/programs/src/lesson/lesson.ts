import { InSliceOf } from '@hub/kit/in-slice-of';
import { sliced } from '@hub/kit/slice';
import type { Ref } from '@mikro-orm/core';
import { Entity, Enum, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Sited } from '../division/sited.ts';
import { Program } from '../program/program.ts';
import { partneredPrograms } from '../program/program-audience.ts';

export enum LessonTopic {
  SCAN_CODE = 'SCAN_CODE',
  PAYMENT = 'PAYMENT',
  MAPS = 'MAPS',
  OTHER = 'OTHER',
}
registerEnumType(LessonTopic, {
  name: 'LessonTopic',
  description: 'What a lesson teaches: scanning codes, paying, maps, or something else (课程主题).',
});

@Entity({
  rowLevelSecurity: 'force',
  policies: [
    ...sliced({ organisation: 'program_id in (select id from program)', partner: `program_id in ${partneredPrograms}` }),
    {
      name: 'with_published_program',
      command: 'select',
      roles: ['hub_committee', 'hub_reporting'],
      using: 'program_id in (select id from program where published_downward)',
    },
  ],
})
@ObjectType({ description: 'An online lesson of a program; whoever sees the program sees it (线上课程).' })
export class Lesson extends Sited {
  @ManyToOne(() => Program, { ref: true, createForeignKeyConstraint: false, index: true })
  program!: Ref<Program>;

  @InSliceOf(() => Program, 'program_id')
  programKey?: never;

  @Field(() => LessonTopic, { description: 'What it teaches (课程主题).' })
  @Enum({ items: () => LessonTopic })
  topic!: LessonTopic;

  @Field({ description: 'Title (课程名称).' })
  @Property({ type: 'text' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'Where it is watched, URL (课程链接).' })
  @Property({ type: 'text', nullable: true })
  url?: string | null;

  @Field(() => Int, { nullable: true, description: 'Length, seconds (时长，秒).' })
  @Property({ type: 'integer', nullable: true })
  seconds?: number | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Published on, YYYY-MM-DD (上线日期).' })
  @Property({ type: 'date', nullable: true })
  publishedOn?: string | null;
}
