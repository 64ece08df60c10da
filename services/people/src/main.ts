process.env.APOLLO_TELEMETRY_DISABLED = '1';
const [{ runServices }, { people }] = await Promise.all([import('@hub/kit/run'), import('./subgraph.ts')]);
await runServices(people);

export {};
