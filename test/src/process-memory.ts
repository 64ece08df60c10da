import { readdir, readFile } from 'node:fs/promises';

export interface ProcessMemory {
  pid: number;
  command: string;
  /** Resident set now and at its highest, MB. Shared pages count in every process of PostgreSQL. */
  now: number;
  peak: number;
}

const megabytes = (status: string, field: string) =>
  Math.round(Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);

/** Memory of all processes below this one; Linux only, elsewhere empty. */
export async function memoryBelow(root = process.pid): Promise<ProcessMemory[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter(name => /^\d+$/.test(name)).map(Number);
  const all = await Promise.all(
    pids.map(async pid => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
      const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ').trim();
      return {
        pid,
        parent: Number(/PPid:\s+(\d+)/.exec(status)?.[1]),
        command,
        now: megabytes(status, 'VmRSS'),
        peak: megabytes(status, 'VmHWM'),
      };
    }),
  );
  const below = new Set([root]);
  for (let grown = true; grown; ) {
    const children = all.filter(({ pid, parent }) => below.has(parent) && !below.has(pid));
    for (const { pid } of children) below.add(pid);
    grown = children.length > 0;
  }
  return all.filter(({ pid }) => pid !== root && below.has(pid));
}
