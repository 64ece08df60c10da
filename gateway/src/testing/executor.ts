import { executorFrom } from '../environment.ts';

/** The executor that tests run with: ours, or Apollo's under HUB_EXECUTOR=apollo. */
export const executor = executorFrom.parse(process.env.HUB_EXECUTOR);
