import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { ImportRow } from './import-batch.ts';
import { type Candidate, ImportOutcome, type Problem } from './ledger.ts';

registerEnumType(ImportOutcome, {
  name: 'ImportOutcome',
  description: 'What became of a row of a file (导入结果).',
  valuesConfig: {
    CREATED: { description: 'It made something new (新增).' },
    UPDATED: { description: 'It changed what was there (更新).' },
    UNCHANGED: { description: 'All of it was there already (未变).' },
    SKIPPED: { description: 'It was left out, because others failed (跳过).' },
    CONFLICT: { description: 'It contradicts what is there (冲突).' },
    POSSIBLE_DUPLICATE: { description: 'It nearly repeats what is there (疑似重复).' },
    ERROR: { description: 'It has a wrong value (错误).' },
  },
});

@ObjectType({ description: 'What stands on file and may be what a row is about (候选记录).' })
@Directive('@shareable')
export class ImportCandidate implements Candidate {
  @Field(() => ID, { description: 'Identifier, a UUID (标识).' })
  id!: string;

  @Field({ description: 'What it is, in a few words (说明).' })
  text!: string;

  @Field(() => [String], { description: 'Columns in which the two differ (不同的列).' })
  differs!: string[];
}

@ObjectType({ description: 'One thing that is wrong with a row of a file; a row may have several (问题).' })
@Directive('@shareable')
export class ImportProblem {
  @Field(() => Int, { description: 'Row of the sheet, from 1 (行号).' })
  row!: number;

  @Field(() => ImportOutcome, { description: 'What became of the row (结果).' })
  outcome!: ImportOutcome;

  @Field(() => String, { description: 'What is wrong, as a code (代码).' })
  code!: string;

  @Field(() => String, { nullable: true, description: 'Column it is about (列).' })
  column?: string;

  @Field(() => String, { nullable: true, description: 'The value as it stands in the file; never a personal one (原值).' })
  value?: string;

  @Field(() => String, { description: 'What is wrong, in words (说明).' })
  message!: string;

  @Field(() => String, { nullable: true, description: 'How to fix it (修改建议).' })
  suggestion?: string;

  @Field(() => [ImportCandidate], { description: 'What it may be about, where that is to be decided (候选记录).' })
  candidates!: Candidate[];
}

@ObjectType({ description: 'What became of one row of a file (行结果).' })
@Directive('@shareable')
export class ImportRowOutcome {
  @Field(() => Int, { description: 'Row of the sheet, from 1 (行号).' })
  row!: number;

  @Field(() => ImportOutcome, { description: 'What became of it (结果).' })
  outcome!: ImportOutcome;

  @Field(() => [ImportProblem], { description: 'All that is wrong with it (问题).' })
  problems!: ImportProblem[];
}

/** What is wrong with rows, one entry for each fault. */
export const problemsOf = (rows: ImportRow[]): ImportProblem[] =>
  rows.flatMap(({ row, outcome, problems }) =>
    (problems ?? []).map(({ candidates = [], ...problem }: Problem) => ({ row, outcome, ...problem, candidates })),
  );
