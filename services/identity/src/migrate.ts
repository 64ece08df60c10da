import { runMigration } from '@hub/kit/run';
import { identity } from './identity.ts';

await runMigration(identity);
