import { Epoch } from './epoch.ts';
import { FeedPosition } from './follow.ts';
import { Idempotency } from './idempotency.ts';
import { ImportBatch, ImportRow } from './imports/import-batch.ts';
import { Moment } from './moment.ts';
import { ReadLog } from './read-log.ts';
import { Revision } from './revision.ts';

/** The tables every subgraph's database has besides its own. */
export const kitEntities = [Revision, Epoch, Moment, Idempotency, ReadLog, FeedPosition, ImportBatch, ImportRow];
