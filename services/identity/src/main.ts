process.env.APOLLO_TELEMETRY_DISABLED = '1';
const { runIdentity } = await import('./run-identity.ts');
await runIdentity();

export {};
