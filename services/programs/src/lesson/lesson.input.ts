import { IsOptional, IsUrl, Length, Max, Min } from 'class-validator';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import { LessonTopic } from './lesson.ts';

@InputType()
class LessonDetails {
  @Field(() => String, { nullable: true, description: 'Where it is watched, http or https URL (课程链接).' })
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'] }, { message: 'url: an http or https address' })
  url?: string | null;

  @Field(() => Int, { nullable: true, description: 'Length, 1 to 86,400 seconds (时长，秒).' })
  @IsOptional()
  @Min(1)
  @Max(86_400)
  seconds?: number | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Published on, YYYY-MM-DD (上线日期).' })
  publishedOn?: string | null;
}

@InputType({ description: 'A lesson to add to a program (新增课程).' })
export class AddLesson extends LessonDetails {
  @Field(() => ID, { description: 'Which program (项目标识).' })
  programId!: string;

  @Field(() => LessonTopic, { description: 'What it teaches (课程主题).' })
  topic!: LessonTopic;

  @Field({ description: 'Title, 1 to 200 characters (课程名称).' })
  @Length(1, 200)
  title!: string;
}

@InputType({ description: 'Changes of a lesson; what is left out stays, null empties (修改课程).' })
export class UpdateLesson extends LessonDetails {
  @Field(() => ID, { description: 'Which lesson (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field(() => LessonTopic, { nullable: true, description: 'What it teaches (课程主题).' })
  topic?: LessonTopic;

  @Field({ nullable: true, description: 'Title, 1 to 200 characters (课程名称).' })
  @IsOptional()
  @Length(1, 200)
  title?: string;
}
