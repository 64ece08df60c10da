process.env.APOLLO_TELEMETRY_DISABLED = '1';
const [{ runServices }, { campaigns }] = await Promise.all([import('@hub/kit/run'), import('./subgraph.ts')]);
await runServices(campaigns);

export {};
