import { pathToFileURL } from 'node:url';
import { inRepository, subgraphs } from './layout.ts';

// All subgraphs as one process. They are found as the launcher finds their programs: it depends on none of them.
process.env.APOLLO_TELEMETRY_DISABLED = '1';
const { runServices } = await import('@hub/kit/run');
const all = [];
for (const name of subgraphs) {
  const path = inRepository('services', name, 'dist', 'subgraph.js');
  all.push((await import(pathToFileURL(path).href))[name]);
}
await runServices(...all);
