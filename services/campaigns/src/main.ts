process.env.APOLLO_TELEMETRY_DISABLED = '1';
const [{ runService }, { campaigns }] = await Promise.all([import('@hub/kit/run'), import('./subgraph.ts')]);
await runService(campaigns);

export {};
