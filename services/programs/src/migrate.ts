import { runMigration } from '@hub/kit/run';
import { programs } from './subgraph.ts';

await runMigration(programs);
