process.env.APOLLO_TELEMETRY_DISABLED = '1';
const [{ runService }, { organisations }] = await Promise.all([import('@hub/kit/run'), import('./subgraph.ts')]);
await runService(organisations);

export {};
