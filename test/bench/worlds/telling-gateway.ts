// The hub's gateway, which first writes down what the launcher told it: where the subgraphs are is said nowhere else.
import { writeFile } from 'node:fs/promises';
import { wholeEnvironment } from '@hub/kit/late-environment';

await wholeEnvironment();
const told = Object.entries(process.env).filter(([name]) => name.startsWith('HUB_') && name !== 'HUB_PORT');
await writeFile(process.env.BENCH_GATEWAY_ENVIRONMENT!, JSON.stringify(Object.fromEntries(told)));
await import('@hub/gateway/main');
