import { ArrayMaxSize, IsUUID, Length, Matches, Max, Min, ValidateNested } from 'class-validator';
import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { RowDecision } from './decision.ts';

@InputType({ description: 'A stretch of a sheet, in order (导入数据行).' })
export class AddImportRows {
  @Field(() => ID, { description: 'Which import (批次标识).' })
  @IsUUID()
  id!: string;

  @Field(() => Int, { description: 'Row of the sheet of the first one, from 1 (起始行号).' })
  @Min(1)
  @Max(2_000_000)
  firstRow!: number;

  @Field(() => [[String]], { description: 'Cells as text, at most 2,000 rows (单元格).' })
  @ArrayMaxSize(2000)
  rows!: string[][];
}

@InputType({ description: 'How to apply an import (应用方式).' })
export class ApplyImport {
  @Field(() => ID, { description: 'Which import (批次标识).' })
  @IsUUID()
  id!: string;

  @Field({ defaultValue: false, description: 'Try it out: nothing changes (试运行).' })
  dryRun!: boolean;

  @Field({
    defaultValue: false,
    description: 'Apply the good rows and leave the others out; otherwise whole or not at all (逐行导入).',
  })
  rowByRow!: boolean;

  @Field({
    defaultValue: false,
    description: 'Rows that nearly repeat what stands on file come in as new ones (接受疑似重复).',
  })
  acceptDuplicates!: boolean;

  @Field(() => [RowDecision], {
    defaultValue: [],
    description: 'What rows are that are like others on file, at most 1,000; it goes before the column 处理 (逐行处理).',
  })
  @ArrayMaxSize(1_000)
  @ValidateNested({ each: true })
  decisions!: RowDecision[];
}

@InputType({ description: 'An import to take back (撤销导入).' })
export class RevertImport {
  @Field(() => ID, { description: 'Which import (批次标识).' })
  @IsUUID()
  id!: string;

  @Field({ description: 'Why, 2 to 500 characters; kept in the history (原因).' })
  @Length(2, 500)
  reason!: string;

  @Field({
    defaultValue: false,
    description: 'Take later imports that stand on it back as well, newest first, in every part of the hub (一并撤销后续导入).',
  })
  withDependants!: boolean;
}

@ArgsType()
export class DependantsArgs {
  @Field({ description: 'Kind of the rows, such as organisation (对象类型).' })
  @Matches(/^[a-z_]{1,50}$/)
  entity!: string;

  @Field(() => [ID], { description: 'Which rows, at most 5,000 (标识).' })
  @ArrayMaxSize(5_000)
  @IsUUID(undefined, { each: true })
  ids!: string[];
}
