import { readdirSync, readFileSync } from 'node:fs';

export interface Running {
  pid: number;
  parent: number;
  /** Its program: `people` of a service, `postmaster` of the server below `postgres`. */
  name: string | undefined;
  /** As anybody who may look into it reads them. */
  command: string;
  environment: string[];
}

/** The processes below this one. */
export function processesBelow(parent = process.pid): Running[] {
  const all = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(one);
  const below = (of: number): Running[] => all.filter(each => each.parent === of).flatMap(each => [each, ...below(each.pid)]);
  return below(parent);
}

function one(pid: string): Running[] {
  try {
    const [, parent] = /^\d+ \(.*\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))!;
    const [command = '', environment = ''] = ['cmdline', 'environ'].map(what => readFileSync(`/proc/${pid}/${what}`, 'utf8'));
    const name = /(\w+)\/dist\/main\.js/.exec(command)?.[1] ?? (/bin\/postgres\0-D/.test(command) ? 'postmaster' : undefined);
    return [{ pid: Number(pid), parent: Number(parent), name, command, environment: environment.split('\0') }];
  } catch {
    // It has just ended.
    return [];
  }
}
