import { PageArgs } from '@hub/kit/page';
import { IsOptional, Length, ValidateNested } from 'class-validator';
import { GraphQLLocalDate } from 'graphql-scalars';
import { ArgsType, Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { Lead, PostKind } from './post.ts';

@InputType({ description: 'A post to enter, of exactly one committee, branch or organisation (登记任职).' })
export class CreatePost {
  @Field(() => ID, { description: 'Who holds it (人员标识).' })
  personId!: string;

  @Field(() => ID, { nullable: true, description: 'Of this committee (委员会标识).' })
  committeeId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this branch (党支部标识).' })
  branchId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this organisation (企业标识).' })
  organisationId?: string | null;

  @Field({ description: 'Title, 1 to 100 characters (职务名称).' })
  @Length(1, 100)
  title!: string;

  @Field(() => PostKind, { nullable: true, description: 'Kind; left out, what the title says (职务类别).' })
  kind?: PostKind | null;

  @Field(() => Lead, { nullable: true, description: 'Which of the three leads; of a committee only (三抓).' })
  lead?: Lead | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Held since, YYYY-MM-DD (任职日期).' })
  startedOn?: string | null;
}

@InputType({ description: 'Changes of a post that is held; what is left out stays, null empties (修改任职).' })
export class UpdatePost {
  @Field(() => ID, { description: 'Which post (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field({ nullable: true, description: 'Title, 1 to 100 characters (职务名称).' })
  @IsOptional()
  @Length(1, 100)
  title?: string;

  @Field(() => PostKind, { nullable: true, description: 'Kind (职务类别).' })
  kind?: PostKind;

  @Field(() => Lead, { nullable: true, description: 'Which of the three leads; of a committee only (三抓).' })
  lead?: Lead | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Held since, YYYY-MM-DD (任职日期).' })
  startedOn?: string | null;
}

@InputType({ description: 'The end of a post (离任).' })
export class EndPost {
  @Field(() => ID, { description: 'Which post (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field(() => GraphQLLocalDate, { description: 'Held until, YYYY-MM-DD (离任日期).' })
  endedOn!: string;
}

@InputType({ description: 'Which posts; all conditions hold together (筛选条件).' })
export class PostFilter {
  @Field({ nullable: true, description: 'In this division or below, 6 digits (属地代码).' })
  division?: string;

  @Field(() => ID, { nullable: true, description: 'Of this person (人员标识).' })
  personId?: string;

  @Field(() => ID, { nullable: true, description: 'Of this committee (委员会标识).' })
  committeeId?: string;

  @Field(() => ID, { nullable: true, description: 'Of this branch (党支部标识).' })
  branchId?: string;

  @Field(() => ID, { nullable: true, description: 'Of this organisation (企业标识).' })
  organisationId?: string;

  @Field(() => PostKind, { nullable: true, description: 'Of this kind (职务类别).' })
  kind?: PostKind;

  @Field(() => Lead, { nullable: true, description: 'This lead (三抓).' })
  lead?: Lead;

  @Field({ nullable: true, description: 'Posts that are held, or those that ended (是否在任).' })
  living?: boolean;
}

export enum PostOrder {
  CREATED_DESC = 'CREATED_DESC',
  CREATED_ASC = 'CREATED_ASC',
  DIVISION_ASC = 'DIVISION_ASC',
}
registerEnumType(PostOrder, { name: 'PostOrder', description: 'Order of posts (排序).' });

@ArgsType()
export class PostArgs extends PageArgs {
  @Field(() => PostFilter, { nullable: true, description: 'Which posts (筛选条件).' })
  @IsOptional()
  @ValidateNested()
  where?: PostFilter | null;

  @Field(() => PostOrder, { defaultValue: PostOrder.CREATED_DESC, description: 'Order (排序).' })
  orderBy!: PostOrder;
}
