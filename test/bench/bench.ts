// `npm run bench`: the gateway beside its peers, written to docs/benchmarks.md; `-- --quick` in three minutes.
// `-- import`, `-- dashboard` and `-- overload` are the hub alone.
import { compareGateways } from './compare-gateways.ts';
import { full, quick } from './settings.ts';

const names = process.argv.slice(2);
if (!names.length) await compareGateways(full);
else if (names.join() === '--quick') await compareGateways(quick);
else await import('@hub/test/bench');
