import { setTimeout as pause } from 'node:timers/promises';
import type { Hub } from '@hub/launcher/start-hub';
import { eventually } from '../eventually.ts';
import { manyOrganisations } from '../many-organisations.ts';
import { processesBelow, type Running } from '../processes-below.ts';
import { compared, type Fault, secondsSince } from './fault.ts';
import { type GoingUse, goingUse } from './going-use.ts';
import { answers, organisationNames, type Part, parts } from './parts.ts';

/** Five ends of one process within a minute end the hub, and in each turn of the kinds a process ends twice: once by itself, once with everything. */
const apart = 32_000;
const rowsOfImport = 200;

type Strike = (running: readonly Running[]) => Promise<void> | void;

interface Kind {
  name: string;
  hits: Part | 'all';
  strike: Strike;
  /** An import is under way when it happens. */
  withImport?: boolean;
}

const kill = (running: readonly Running[]) => {
  for (const { pid } of running) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Its parent took it along.
    }
  }
};
const named = (running: readonly Running[], name: string) => running.filter(each => each.name === name);

/** Its processes stand still for three seconds, as where a disk does not answer. */
async function freeze(running: readonly Running[]): Promise<void> {
  const server = named(running, 'postmaster').flatMap(({ pid }) => [pid, ...processesBelow(pid).map(each => each.pid)]);
  for (const pid of server) process.kill(pid, 'SIGSTOP');
  await pause(3_000);
  for (const pid of server.toReversed()) process.kill(pid, 'SIGCONT');
}

export const kinds: Kind[] = [
  ...parts.map(part => ({ name: `kill -9 of ${part}`, hits: part, strike: (all: readonly Running[]) => kill(named(all, part)) })),
  { name: 'kill -9 of the gateway', hits: 'all', strike: all => kill(named(all, 'gateway')) },
  {
    name: 'kill -9 of PostgreSQL, an import under way',
    hits: 'all',
    strike: all => kill(named(all, 'postmaster')),
    withImport: true,
  },
  { name: 'PostgreSQL stands still for 3 s', hits: 'all', strike: freeze },
  {
    name: 'kill -9 of everything, an import under way',
    hits: 'all',
    strike: all => kill(all.filter(each => each.name)),
    withImport: true,
  },
];

/** What is imported in the rounds of a kind: none of it twice. */
function* ledgers(first: number): Generator<{ names: string[]; file: string }> {
  const [header, ...lines] = manyOrganisations(first + 100 * rowsOfImport, ['220102'])
    .trim()
    .split('\n');
  for (let from = first; ; from += rowsOfImport) {
    // A name of its own for each row, so that it can be found again.
    const rows = lines.slice(from, from + rowsOfImport).map((line, i) => line.replace(/,长春[^,]+,/, `,导入的企业 ${from + i},`));
    yield { names: rows.map(line => line.split(',')[1]!), file: [header, ...rows].join('\n') };
  }
}

const imported = async (hub: Hub, file: string): Promise<boolean> => {
  const authorization = `Bearer ${await hub.token({ role: 'COMMITTEE', division: '220102' })}`;
  const headers = { authorization, 'content-type': 'text/csv' };
  const response = await fetch(`${hub.url}/imports/organisations`, { method: 'POST', headers, body: file });
  return response.status === 200;
};

/** Strikes a hub again and again while it is used; the kinds take turns. */
export async function killRounds(
  hub: Hub,
  ours: () => Running[],
  rounds: number,
  only: readonly Kind[] = kinds,
  tell: (line: string) => void = () => undefined,
): Promise<Fault[]> {
  const faults = new Map<Kind, Fault & { promised: string[]; files: { names: string[]; isPromised: boolean }[] }>();
  const files = ledgers(0);
  let last = Number.NEGATIVE_INFINITY;
  for (const kind of only) faults.set(kind, { ...blank(kind), promised: [], files: [] });
  for (let round = 0; round < rounds; round++) {
    for (const kind of only) {
      const fault = faults.get(kind)!;
      if (kind === only[0]) {
        await pause(Math.max(0, last + apart - Date.now()));
        last = Date.now();
      }
      const use = goingUse(hub);
      await eventually(() => {
        if (use.promised.length < 3) throw new Error('nothing is promised yet');
      });
      const importing = kind.withImport ? files.next().value! : undefined;
      const outcome = importing && imported(hub, importing.file).catch(() => false);
      await pause(Math.random() * 400);
      fault.comeBack.push(await struck(hub, use, kind, ours()));
      fault.rounds++;
      await use.stop();
      fault.failedOfOthers += use.failedOfOthers();
      fault.promised.push(...use.promised);
      if (importing) fault.files.push({ names: importing.names, isPromised: (await outcome)! });
      tell(`${kind.name}: back after ${fault.comeBack.at(-1)!.toFixed(1)} s`);
    }
  }
  const there = await organisationNames(hub);
  const known = new Set(there);
  return [...faults].map(([{ withImport }, { promised, files: imports, ...fault }]) => {
    const halves = imports.filter(({ names, isPromised }) => {
      const found = names.filter(name => known.has(name)).length;
      return found !== names.length && (found > 0 || isPromised);
    });
    return { ...fault, ...compared(promised, there), ...(withImport && { half: halves.length }) };
  });
}

const blank = ({ name }: Kind): Fault => ({
  name,
  rounds: 0,
  acknowledged: 0,
  lost: 0,
  doubled: 0,
  failedOfOthers: 0,
  comeBack: [],
});

/** Seconds from the blow until everything that it hit answers. */
async function struck(hub: Hub, use: GoingUse, { hits, strike }: Kind, running: Running[]): Promise<number> {
  use.hit = hits;
  const start = performance.now();
  await strike(running);
  for (const part of hits === 'all' ? parts : [hits])
    await eventually(async () => {
      if (!(await answers(hub, part))) throw new Error(`${part} does not answer yet`);
    });
  return secondsSince(start);
}
