import { importBuilt, subgraphs } from './layout.ts';

// All subgraphs as one process.
process.env.APOLLO_TELEMETRY_DISABLED = '1';
const { runServices } = await import('@hub/kit/run');
const all = [];
for (const name of subgraphs) all.push((await importBuilt('services', name, 'dist', 'subgraph.js'))[name]);
await runServices(...all);
