import { Length, Matches } from 'class-validator';
import {
  Arg,
  Args,
  Authorized,
  type ClassType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  registerEnumType,
} from 'type-graphql';
import { Context } from '../context.ts';
import { valuesNeed } from '../declared-needs.ts';
import { list, type Page, PageArgs } from '../page.ts';
import { applyImport } from './apply-import.ts';
import { fieldOf } from './field-of.ts';
import { AddImportRows, ApplyImport, DependantsArgs, RevertImport } from './import.input.ts';
import { ImportBatch, ImportBatchConnection, ImportRow } from './import-batch.ts';
import { ImportProblem, ImportRowOutcome, problemsOf } from './import-problem.ts';
import { LaterWork, workOn } from './later-work.ts';
import type { Ledger } from './ledger.ts';
import { formOf, LedgerForm } from './ledger-form.ts';
import type { BuiltUpon } from './other-parts.ts';
import { revertImport } from './revert-import.ts';
import { addImportRows, stageImport } from './stage-import.ts';

/** The import operations of a subgraph, under its prefix: `stageOrganisationImport`, `organisationImports` … */
export function importResolvers(prefix: string, ledgers: Ledger[], parts: BuiltUpon[] = []): ClassType[] {
  const names = Object.fromEntries(ledgers.map(({ name }) => [name, name]));
  registerEnumType(names, { name: `${prefix}Ledger`, description: 'Ledgers this domain takes in (台账).' });
  valuesNeed(names, Object.fromEntries(ledgers.map(({ name, needs = [] }) => [name, needs])));
  const field = fieldOf(prefix);

  @InputType(`Stage${prefix}Import`, { description: 'A file to stage (上传台账).' })
  class StageImport {
    @Field(() => names, { description: 'Which ledger (台账).' })
    ledger!: string;

    @Field({ description: 'Name of the file, up to 200 characters (文件名).' })
    @Length(1, 200)
    fileName!: string;

    @Field({ description: 'SHA-256 of the file, hexadecimal (文件摘要).' })
    @Matches(/^[0-9a-f]{64}$/)
    sha256!: string;

    @Field({ defaultValue: false, description: 'Apply it although the same file was applied before (再次导入).' })
    again!: boolean;
  }

  @Resolver(() => ImportBatch)
  class ImportResolver {
    @Authorized('imports:write')
    @Query(() => ImportBatch, { name: `${field}Import`, nullable: true, description: 'One import of your slice (单个导入批次).' })
    one(@Arg('id', () => ID) id: string, @Ctx() context: Context) {
      return context.load(ImportBatch, id);
    }

    @Authorized('imports:write')
    @Query(() => ImportBatchConnection, {
      nullable: true,
      name: `${field}Imports`,
      description: 'Imports of your slice, newest first (导入批次列表).',
    })
    all(@Args(() => PageArgs) page: PageArgs, @Ctx() context: Context): Page<ImportBatch> {
      return list(context, ImportBatch, { name: `${field}Imports`, page, where: {}, orderBy: [['createdAt', 'desc']] });
    }

    @Authorized('imports:write')
    @Mutation(() => ImportBatch, {
      name: `stage${prefix}Import`,
      description: 'Opens an import; the same file applied before answers that import, unless `again` is asked for (开始导入).',
    })
    stage(@Arg('input', () => StageImport) input: StageImport, @Ctx() context: Context) {
      return stageImport(context, input);
    }

    @Authorized('imports:write')
    @Mutation(() => ImportBatch, {
      name: `add${prefix}ImportRows`,
      description: 'Adds rows of the sheet. Errors: INVALID_INPUT without a header, LIMIT_EXCEEDED, NOT_ALLOWED (追加数据行).',
    })
    add(@Arg('input', () => AddImportRows) { id, firstRow, rows }: AddImportRows, @Ctx() context: Context) {
      return addImportRows(context, ledgers, id, firstRow, rows);
    }

    @Authorized('imports:write')
    @Mutation(() => ImportBatch, {
      name: `apply${prefix}Import`,
      description:
        'Applies a staged import, or tries it out; row errors are in its problems. Errors: NOT_FOUND, NOT_ALLOWED (应用导入).',
    })
    apply(@Arg('input', () => ApplyImport) input: ApplyImport, @Ctx() context: Context) {
      return applyImport(context, ledgers, input);
    }

    @Authorized('imports:write')
    @Mutation(() => ImportBatch, {
      name: `revert${prefix}Import`,
      description:
        'Takes an applied import back. Errors: NOT_ALLOWED, CONFLICT when later work stands on it, here or in another part (撤销导入).',
    })
    revert(@Arg('input', () => RevertImport) input: RevertImport, @Ctx() context: Context) {
      return revertImport(context, ledgers, parts, input);
    }

    @Authorized('imports:write')
    @Query(() => [LedgerForm], {
      nullable: true,
      name: `${field}LedgerForms`,
      description: 'Ledgers this domain takes in, with their columns: what templates are made of (台账格式).',
    })
    forms() {
      return ledgers.map(formOf);
    }

    @Authorized('imports:write')
    @Query(() => [LaterWork], {
      nullable: true,
      name: `${field}Dependants`,
      description:
        'What of your slice stands here on rows of this or another part: asked before an import is taken back (依赖数据).',
    })
    dependants(@Args(() => DependantsArgs) { entity, ids }: DependantsArgs, @Ctx() { read }: Context) {
      return workOn(read, entity, ids);
    }

    @FieldResolver(() => [ImportRowOutcome], {
      description: 'What became of each row, in order: of those after a row of the sheet, at most 5,000 (各行结果).',
    })
    async rows(
      @Root() { id }: ImportBatch,
      @Arg('after', () => Int, { defaultValue: 0 }) after: number,
      @Arg('first', () => Int, { defaultValue: 100 }) first: number,
      @Ctx() { read }: Context,
    ) {
      const limit = Math.max(0, Math.min(first, 5_000));
      const where = { batchId: id, row: { $gt: after }, outcome: { $ne: null } };
      const rows = await read.find(ImportRow, { where, orderBy: [{ row: 'asc' }], limit });
      return rows.map(each => ({ row: each.row, outcome: each.outcome, problems: problemsOf([each]) }));
    }

    @FieldResolver(() => [ImportProblem], { description: 'What is wrong, by row, at most 1,000 (问题).' })
    async problems(
      @Root() { id }: ImportBatch,
      @Arg('first', () => Int, { defaultValue: 100 }) first: number,
      @Ctx() { read }: Context,
    ) {
      const limit = Math.max(0, Math.min(first, 1000));
      const rows = await read.find(ImportRow, {
        where: { batchId: id, problems: { $ne: null } },
        orderBy: [{ row: 'asc' }],
        limit,
      });
      return problemsOf(rows).slice(0, limit);
    }
  }
  return [ImportResolver];
}
