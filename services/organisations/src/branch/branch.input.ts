import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsOptional, Length } from 'class-validator';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { BranchKind } from './branch.ts';

@InputType({ description: 'A branch to establish: one organisation makes it SOLO, several make it JOINT (成立党支部).' })
export class CreateBranch {
  @Field({ description: 'Name, 2 to 200 characters (支部名称).' })
  @Length(2, 200)
  name!: string;

  @Field(() => [ID], { description: 'Its organisations, 1 to 50, all of one division (组建单位).' })
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ArrayUnique()
  organisationIds!: string[];

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Established on, YYYY-MM-DD (成立日期).' })
  establishedOn?: string;
}

@InputType({ description: 'Changes of a branch; what is left out stays (修改党支部).' })
export class UpdateBranch {
  @Field(() => ID, { description: 'Which branch (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field({ nullable: true, description: 'Name, 2 to 200 characters (支部名称).' })
  @IsOptional()
  @Length(2, 200)
  name?: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Established on, YYYY-MM-DD (成立日期).' })
  establishedOn?: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Dissolved on, YYYY-MM-DD (撤销日期).' })
  dissolvedOn?: string | null;
}

@InputType({ description: 'Which branches (筛选条件).' })
export class BranchFilter {
  @Field({ nullable: true, description: 'In this division or below, 6 digits (属地代码).' })
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

  @Field(() => BranchKind, { nullable: true, description: 'Of this kind (组建方式).' })
  kind?: BranchKind;

  @Field({ nullable: true, description: 'Dissolved branches, or the living ones (是否撤销).' })
  dissolved?: boolean;
}

export enum BranchOrder {
  NAME_ASC = 'NAME_ASC',
  CREATED_DESC = 'CREATED_DESC',
}
registerEnumType(BranchOrder, { name: 'BranchOrder', description: 'Order of branches; names in pinyin order (排序).' });
