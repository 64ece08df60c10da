import { runMigration } from '@hub/kit/run';
import { campaigns } from './subgraph.ts';

await runMigration(campaigns);
