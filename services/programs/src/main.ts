process.env.APOLLO_TELEMETRY_DISABLED = '1';
const [{ runServices }, { programs }] = await Promise.all([import('@hub/kit/run'), import('./subgraph.ts')]);
await runServices(programs);

export {};
