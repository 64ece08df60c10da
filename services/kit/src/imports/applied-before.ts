import type { Context } from '../context.ts';
import { ImportBatch, ImportState } from './import-batch.ts';

/** The latest import of the very same file in the caller's division that still stands. */
export const appliedBefore = (
  { em, viewer }: Context,
  { ledger, sha256 }: Pick<ImportBatch, 'ledger' | 'sha256'>,
): Promise<ImportBatch | null> =>
  em.findOne(
    ImportBatch,
    { ledger, sha256, divisionCode: viewer.division, state: ImportState.APPLIED },
    { orderBy: { appliedAt: 'desc' } },
  );
