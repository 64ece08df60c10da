import { randomUUID } from 'node:crypto';
import type { Opt } from '@mikro-orm/core';
import { Entity, Enum, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../page.ts';
import { sliced } from '../slice.ts';
import type { Header } from './header.ts';
import { ImportOutcome, type Problem } from './ledger.ts';

export enum ImportState {
  STAGED = 'STAGED',
  READY = 'READY',
  APPLIED = 'APPLIED',
  FAILED = 'FAILED',
  REVERTED = 'REVERTED',
}
registerEnumType(ImportState, { name: 'ImportState', description: 'How far an import is (导入状态).' });

@ObjectType({ description: 'Rows of a file by outcome, counts (各结果行数).' })
@Directive('@shareable')
export class ImportCounts {
  @Field(() => Int, { description: 'Rows that made something new, count (新增).' })
  created: number = 0;
  @Field(() => Int, { description: 'Rows that changed something, count (更新).' })
  updated: number = 0;
  @Field(() => Int, { description: 'Rows that were there already, count (未变).' })
  unchanged: number = 0;
  @Field(() => Int, { description: 'Rows left out because others failed, count (跳过).' })
  skipped: number = 0;
  @Field(() => Int, { description: 'Rows that contradict what exists, count (冲突).' })
  conflict: number = 0;
  @Field(() => Int, { description: 'Rows that nearly repeat what stands on file, count (疑似重复).' })
  possibleDuplicate: number = 0;
  @Field(() => Int, { description: 'Rows with a wrong value, count (错误).' })
  error: number = 0;
}

/** A file on its way in. Not a domain row: it keeps no revisions, it causes them. */
@Entity({ rowLevelSecurity: 'force', policies: sliced({ reporting: false }) })
@ObjectType({ description: 'A ledger file that was staged, tried or applied (导入批次).' })
@Directive('@shareable')
@Index({ properties: ['ledger', 'sha256'] })
export class ImportBatch {
  @Field(() => ID, { description: 'Identifier, a UUID (标识).' })
  @PrimaryKey({ type: 'uuid' })
  id: string & Opt = randomUUID();

  @Property({ type: 'text', index: true })
  divisionCode!: string;

  @Field({ description: 'Which ledger (台账).' })
  @Property({ type: 'text' })
  ledger!: string;

  @Field({ description: 'Name of the file (文件名).' })
  @Property({ type: 'text' })
  fileName!: string;

  @Field({ description: 'SHA-256 of the file, hexadecimal (文件摘要).' })
  @Property({ type: 'text' })
  sha256!: string;

  @Field(() => Boolean, { description: 'It was meant to be applied although the same file was before (再次导入).' })
  @Property({ type: 'boolean', default: false })
  again: boolean & Opt = false;

  @Field(() => ImportState, { description: 'How far it is (状态).' })
  @Enum({ items: () => ImportState, default: ImportState.STAGED })
  state: Opt<ImportState> = ImportState.STAGED;

  @Field({ description: 'Who staged it: the subject of the token (导入人).' })
  @Property({ type: 'text' })
  actor!: string;

  @Field(() => Int, { description: 'Data rows, without the header and blank rows, count (数据行数).' })
  @Property({ type: 'integer', default: 0 })
  rowCount: number & Opt = 0;

  @Property({ type: 'jsonb', nullable: true })
  header?: Header | null;

  @Field(() => ImportCounts, { description: 'Rows by outcome (各结果行数).' })
  @Property({ type: 'jsonb' })
  counts: Opt<ImportCounts> = new ImportCounts();

  @Field(() => String, { nullable: true, description: 'What became of the whole, in words (说明).' })
  @Property({ type: 'text', nullable: true })
  message?: string | null;

  @Field(() => GraphQLISODateTime, { description: 'When it was staged, ISO 8601 (上传时间).' })
  @Property({ columnType: 'timestamptz(3)', type: 'datetime' })
  createdAt: Date & Opt = new Date();

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it was applied, ISO 8601 (应用时间).' })
  @Property({ type: 'timestamptz', nullable: true })
  appliedAt?: Date | null;

  @Field(() => Int, { nullable: true, description: 'Row of the sheet that is the header, from 1 (表头行).' })
  get headerRow(): Opt<number> | null {
    return this.header?.row ?? null;
  }

  @Field(() => [String], { description: 'Columns of the file that the ledger does not have (忽略的列).' })
  get ignoredColumns(): Opt<string[]> {
    return this.header?.ignored ?? [];
  }
}

export const ImportBatchConnection = connectionOf(ImportBatch);

/** A data row of a staged file. The cells are dropped once it is applied: the revisions keep what came of them. */
@Entity({ rowLevelSecurity: 'force', policies: sliced({ reporting: false }) })
export class ImportRow {
  @PrimaryKey({ type: 'uuid' })
  batchId!: string;

  @PrimaryKey({ type: 'integer' })
  row!: number;

  @Property({ type: 'text' })
  divisionCode!: string;

  @Property({ type: 'jsonb', nullable: true })
  cells?: string[] | null;

  @Property({ type: 'text', nullable: true })
  outcome!: ImportOutcome;

  @Property({ type: 'jsonb', nullable: true })
  problems?: Problem[] | null;
}
