// The operating system's own account of a process: the same for Node and for a Rust binary. Linux only, elsewhere zero.
import { readFile, writeFile } from 'node:fs/promises';
import { memoryBelow } from '@hub/test/process-memory';

/** The unit of the times in /proc/<pid>/stat on every Linux there is. */
const millisecondsPerTick = 10;

/** CPU milliseconds of all threads of the processes so far. */
export async function cpuOf(pids: readonly number[]): Promise<number> {
  const stats = await Promise.all(pids.map(pid => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')));
  return stats.reduce((sum, stat) => {
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return sum + (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * millisecondsPerTick;
  }, 0);
}

/** Lets the peak start again from what is resident now. */
export const forgetPeak = (pid: number) => writeFile(`/proc/${pid}/clear_refs`, '5').catch(() => undefined);

const kilobytes = async (file: string, field: string) =>
  Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(await readFile(file, 'utf8').catch(() => ''))?.[1] ?? 0);

/** The largest resident set, MB. */
export const peakOf = async (pid: number) => (await kilobytes(`/proc/${pid}/status`, 'VmHWM')) / 1024;

/** What a process and all below it hold now, MB; pages that several share are counted once. */
export async function memoryOfTree(root: number): Promise<number> {
  const pids = [root, ...(await memoryBelow(root)).map(({ pid }) => pid)];
  const sizes = await Promise.all(pids.map(pid => kilobytes(`/proc/${pid}/smaps_rollup`, 'Pss')));
  return sizes.reduce((sum, size) => sum + size, 0) / 1024;
}

/** A variable in the environment a process was started with. */
export const variableOf = async (pid: number, name: string) =>
  (await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => ''))
    .split('\0')
    .find(each => each.startsWith(`${name}=`))
    ?.slice(name.length + 1);
