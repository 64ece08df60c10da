import { runMigration } from '@hub/kit/run';
import { people } from './subgraph.ts';

await runMigration(people);
