import { MayCome } from '@hub/kit/dates-that-can-be';
import { ArrayMaxSize, ArrayUnique, IsOptional, IsUUID, Length } from 'class-validator';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { ProgramState } from './program.ts';

@InputType()
class ProgramDetails {
  @Field(() => String, { nullable: true, description: 'What it does, up to 2,000 characters (项目简介).' })
  @IsOptional()
  @Length(1, 2000)
  summary?: string | null;

  @Field(() => String, { nullable: true, description: 'Whom it is for, up to 200 characters (服务对象).' })
  @IsOptional()
  @Length(1, 200)
  targetGroup?: string | null;

  @MayCome()
  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Last day, YYYY-MM-DD (结束日期).' })
  endsOn?: string | null;

  @Field({ nullable: true, description: 'The divisions below may read it and hold sessions of it (向下发布).' })
  publishedDownward?: boolean;
}

@InputType({ description: "A program to enter, with exactly one lead; it belongs to the lead's division (新建公益项目)." })
export class CreateProgram extends ProgramDetails {
  @Field({ description: 'Name, 2 to 200 characters (项目名称).' })
  @Length(2, 200)
  name!: string;

  @MayCome()
  @Field(() => GraphQLLocalDate, { description: 'First day, YYYY-MM-DD (开始日期).' })
  startsOn!: string;

  @Field(() => ID, { nullable: true, description: 'The organisation that leads it (牵头企业标识).' })
  @IsOptional()
  @IsUUID()
  leadOrganisationId?: string;

  @Field(() => ID, { nullable: true, description: 'The committee that leads it (牵头委员会标识).' })
  @IsOptional()
  @IsUUID()
  leadCommitteeId?: string;

  @Field(() => [ID], { defaultValue: [], description: 'Its partners, up to 50 (合作单位标识).' })
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  partnerIds!: string[];
}

@InputType({ description: 'Changes of a program; what is left out stays, null empties (修改公益项目).' })
export class UpdateProgram extends ProgramDetails {
  @Field(() => ID, { description: 'Which program (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field({ nullable: true, description: 'Name, 2 to 200 characters (项目名称).' })
  @IsOptional()
  @Length(2, 200)
  name?: string;

  @MayCome()
  @Field(() => GraphQLLocalDate, { nullable: true, description: 'First day, YYYY-MM-DD (开始日期).' })
  startsOn?: string;

  @Field(() => ProgramState, {
    nullable: true,
    description: 'PLANNED to ACTIVE, ACTIVE to ENDED; an end needs endsOn (项目状态).',
  })
  state?: ProgramState;
}

@InputType({ description: 'A partner to add to a program (增加合作单位).' })
export class AddPartner {
  @Field(() => ID, { description: 'Which program (项目标识).' })
  programId!: string;

  @Field(() => Int, { description: 'The version of the program you read (项目版本).' })
  expectedVersion!: number;

  @Field(() => ID, { description: 'Which organisation (合作单位标识).' })
  @IsUUID()
  organisationId!: string;
}

@InputType({ description: 'The end of a partnership (解除合作).' })
export class RemovePartner extends AddPartner {
  @Field(() => GraphQLLocalDate, {
    description: 'Left on, YYYY-MM-DD; for the record, the partner stops seeing the program at once (退出日期).',
  })
  leftOn!: string;

  @Field({ description: 'Why, 2 to 500 characters; kept in the history (原因).' })
  @Length(2, 500)
  reason!: string;
}

@InputType({ description: 'Which programs; all conditions hold together (筛选条件).' })
export class ProgramFilter {
  @Field({ nullable: true, description: 'Of this division or below, 6 digits (属地代码).' })
  division?: string;

  @Field({ nullable: true, description: 'Part of the name, or start of its pinyin (关键词).' })
  @IsOptional()
  @Length(1, 100)
  search?: string;

  @Field(() => [String], {
    nullable: true,
    description: 'Of one of these names, whatever their width, case and blanks, up to 1,000 (名称).',
  })
  @IsOptional()
  @ArrayMaxSize(1000)
  names?: string[];

  @Field(() => ProgramState, { nullable: true, description: 'In this state (项目状态).' })
  state?: ProgramState;

  @Field({ nullable: true, description: 'Published to the divisions below, or not (是否向下发布).' })
  publishedDownward?: boolean;
}

export enum ProgramOrder {
  NAME_ASC = 'NAME_ASC',
  STARTS_DESC = 'STARTS_DESC',
  CREATED_DESC = 'CREATED_DESC',
}
registerEnumType(ProgramOrder, { name: 'ProgramOrder', description: 'Order of programs; names in pinyin order (排序).' });
