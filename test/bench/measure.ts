import type { Loader } from './loader.ts';
import { cpuOf, forgetPeak, peakOf } from './process-usage.ts';
import type { Running } from './running-contestant.ts';
import type { Settings } from './settings.ts';
import { bodyOf, type Sent } from './work.ts';
import type { World } from './worlds/world.ts';

/** One contestant doing one work for some seconds. */
export interface Measured {
  perSecond: number;
  failures: number;
  /** Milliseconds. */
  p50: number;
  p95: number;
  p99: number;
  /** CPU milliseconds of a request. */
  gatewayCpu: number;
  subgraphCpu: number;
  /** Largest resident set of the gateway, MB. */
  peak: number;
}

/** Loads a contestant that runs, first to warm it. */
export async function measure(
  { pid, url }: Running,
  world: World,
  work: Sent,
  loader: Loader,
  { warmSeconds, seconds, connections }: Settings,
): Promise<Measured> {
  const task = { url, body: bodyOf(work), viewer: work.viewer, connections };
  await loader.load({ ...task, seconds: warmSeconds });
  await forgetPeak(pid);
  const before = await Promise.all([cpuOf([pid]), cpuOf(world.pids)]);
  const { requests, failures, seconds: elapsed, p50, p95, p99 } = await loader.load({ ...task, seconds });
  const after = await Promise.all([cpuOf([pid]), cpuOf(world.pids)]);
  const [gatewayCpu, subgraphCpu] = after.map((cpu, i) => (cpu - before[i]!) / Math.max(requests, 1)) as [number, number];
  return { perSecond: requests / elapsed, failures, p50, p95, p99, gatewayCpu, subgraphCpu, peak: await peakOf(pid) };
}

/** The middle one of several values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
