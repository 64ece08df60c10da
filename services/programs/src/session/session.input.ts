import { IsOptional, Length, Matches, Max, Min } from 'class-validator';
import { Field, GraphQLISODateTime, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { SessionState } from './session.ts';

@InputType()
class SessionDetails {
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Ends at, ISO 8601 (结束时间).' })
  endsAt?: Date | null;

  @Field(() => Int, { nullable: true, description: 'Places for seniors, 1 to 100,000 persons (名额，人).' })
  @IsOptional()
  @Min(1)
  @Max(100_000)
  capacity?: number | null;

  @Field(() => String, { nullable: true, description: 'What is taught, up to 200 characters (课程主题).' })
  @IsOptional()
  @Length(1, 200)
  topic?: string | null;
}

@InputType({ description: 'A session to plan, of a program of yours or one published to you (新建社区课堂).' })
export class CreateSession extends SessionDetails {
  @Field(() => ID, { description: 'Of which program (项目标识).' })
  programId!: string;

  @Field({ description: 'Division of the venue, 6 digits (属地代码).' })
  @Matches(/^\d{6}$/, { message: 'divisionCode: 6 digits of GB/T 2260' })
  divisionCode!: string;

  @Field({ description: 'Where, 1 to 200 characters (社区/地点).' })
  @Length(1, 200)
  venue!: string;

  @Field(() => GraphQLISODateTime, { description: 'Begins at, ISO 8601 (开始时间).' })
  startsAt!: Date;
}

@InputType({ description: 'Changes of a planned session; what is left out stays, null empties (修改社区课堂).' })
export class UpdateSession extends SessionDetails {
  @Field(() => ID, { description: 'Which session (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field({ nullable: true, description: 'Division of the new venue, 6 digits; needs a viewer who holds both (属地代码).' })
  @IsOptional()
  @Matches(/^\d{6}$/, { message: 'divisionCode: 6 digits of GB/T 2260' })
  divisionCode?: string;

  @Field({ nullable: true, description: 'Where, 1 to 200 characters (社区/地点).' })
  @IsOptional()
  @Length(1, 200)
  venue?: string;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Begins at, ISO 8601 (开始时间).' })
  startsAt?: Date;
}

@InputType({ description: 'Who came to a session; sent again, it corrects the numbers (登记到场人数).' })
export class RecordAttendance {
  @Field(() => ID, { description: 'Which session (标识).' })
  sessionId!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field(() => Int, { description: 'Seniors who came, 0 to 100,000 persons (参加人数，人).' })
  @Min(0)
  @Max(100_000)
  seniors!: number;

  @Field(() => Int, { description: 'Volunteers who came, 0 to 100,000 persons (志愿者人数，人).' })
  @Min(0)
  @Max(100_000)
  volunteers!: number;
}

@InputType({ description: 'The cancellation of a session (取消社区课堂).' })
export class CancelSession {
  @Field(() => ID, { description: 'Which session (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field({ description: 'Why, 2 to 500 characters; shown and kept in the history (原因).' })
  @Length(2, 500)
  reason!: string;
}

@InputType({ description: 'Which sessions; all conditions hold together (筛选条件).' })
export class SessionFilter {
  @Field({ nullable: true, description: 'In this division or below, 6 digits (属地代码).' })
  division?: string;

  @Field(() => ID, { nullable: true, description: 'Of this program (项目标识).' })
  program?: string;

  @Field(() => SessionState, { nullable: true, description: 'In this state (活动状态).' })
  state?: SessionState;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Beginning at this moment or later (不早于).' })
  from?: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Beginning before this moment (早于).' })
  to?: Date;

  @Field({ nullable: true, description: 'Part of the venue (地点关键词).' })
  @IsOptional()
  @Length(1, 100)
  search?: string;
}

export enum SessionOrder {
  STARTS_ASC = 'STARTS_ASC',
  STARTS_DESC = 'STARTS_DESC',
}
registerEnumType(SessionOrder, { name: 'SessionOrder', description: 'Order of sessions by their beginning (排序).' });
