import { runMigration } from '@hub/kit/run';
import { organisations } from './subgraph.ts';

await runMigration(organisations);
