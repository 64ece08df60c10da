import { LockMode } from '@mikro-orm/postgresql';
import type { Context } from '../context.ts';
import { ImportBatch } from './import-batch.ts';

/** A batch that is about to change. Whoever comes second waits for the first, and gets the batch as the first left it. */
export const forImport = ({ em }: Context, id: string): Promise<ImportBatch> =>
  em.findOneOrFail(ImportBatch, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
