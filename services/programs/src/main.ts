process.env.APOLLO_TELEMETRY_DISABLED = '1';
const [{ runService }, { programs }] = await Promise.all([import('@hub/kit/run'), import('./subgraph.ts')]);
await runService(programs);

export {};
