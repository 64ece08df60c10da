process.env.APOLLO_TELEMETRY_DISABLED = '1';
const [{ runService }, { people }] = await Promise.all([import('@hub/kit/run'), import('./subgraph.ts')]);
await runService(people);

export {};
