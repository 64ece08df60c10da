// Ten minutes of a thousand operations, with a new supergraph each minute: whether memory stays flat and every answer comes.
import { copyFile, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Supergraph } from '@apollo/federation-internals';
import type { Hub } from '@hub/launcher/start-hub';
import { Kind, parse } from 'graphql';
import { type ClientOperation, generatedOperations } from './equivalence/generated-operation.ts';
import { repositoryOperations } from './equivalence/repository-operations.ts';
import { memoryBelow } from './process-memory.ts';

const distinct = 1_000;
const workers = 8;
const second = 1_000;

/** What one look at the hub found. */
export interface Sample {
  /** Since the load began. */
  seconds: number;
  /** Answers so far, and how many of them were not as the first one to the same operation. */
  answers: number;
  wrong: number;
  /** Supergraphs gone over to so far. */
  reloads: number;
  /** Resident set by process, MB. */
  memory: Map<string, number>;
}

export interface Endured {
  operations: number;
  /** How many of them are answered with data and no error. */
  clean: number;
  samples: Sample[];
  /** The first few answers that differ from the first one to their operation. */
  differences: string[];
}

/** Lets a hub that is started after it follow a supergraph of its own, and refuse nobody for asking much. */
export async function prepareEndurance(directory: string): Promise<string> {
  const file = join(directory, 'supergraph.graphql');
  await copyFile(supergraphFile, file);
  const most = '3600000';
  for (const name of ['BUDGET_PEOPLE', 'CONCURRENT_PEOPLE', 'IN_WORK', 'QUEUE']) process.env[`HUB_${name}`] = most;
  process.env.HUB_SUPERGRAPH = file;
  process.env.HUB_METRICS_PUBLIC = '1';
  return file;
}

const supergraphFile = new URL('../../schema/supergraph.graphql', import.meta.url);

const reads = ({ query }: ClientOperation) =>
  parse(query, { noLocation: true }).definitions.every(
    definition => definition.kind !== Kind.OPERATION_DEFINITION || definition.operation === 'query',
  );

/** Queries without end: first those of the repository, then generated ones. */
function* queries(supergraphSdl: string): Generator<ClientOperation> {
  const schema = Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema();
  yield* repositoryOperations(schema)
    .map(([, operation]) => operation)
    .filter(reads);
  for (let seed = 0; ; seed++) yield* generatedOperations(schema, `endurance ${seed}`).filter(reads);
}

interface Answer {
  status: number;
  data?: object | null;
  errors?: { extensions?: { code?: string } }[];
}

/** What must be the same whenever the operation is asked. */
const verdict = ({ status, errors = [] }: Answer) =>
  [status, ...errors.map(({ extensions }) => extensions?.code ?? 'no code').sort()].join(' ');

/** Its workspace, for a process of Node. */
const workspaceOf = (command: string) => /(\w+)\/dist\/\w+\.js/.exec(command)?.[1];

async function reloads(hub: Hub): Promise<number> {
  const metrics = await (await fetch(`${hub.operatorsUrl}/metrics`)).text();
  return Number(/^hub_supergraph_reloads_total\{[^}]*replaced[^}]*\} (\d+)/m.exec(metrics)?.[1] ?? 0);
}

const told = ({ seconds, answers, wrong, reloads: replaced, memory: now }: Sample) =>
  `${seconds} s: ${answers} answers, ${wrong} of them others than before, ${replaced} supergraphs, MB: ${[...now].map(each => each.join(' ')).join(', ')}`;

async function memory(): Promise<Map<string, number>> {
  const sums = new Map<string, number>();
  for (const { command, now } of await memoryBelow()) {
    const name = workspaceOf(command);
    if (name) sums.set(name, (sums.get(name) ?? 0) + now);
  }
  return sums;
}

/** Keeps the hub at work for so long; `file` is the supergraph it follows. */
export async function endurance(hub: Hub, file: string, seconds: number, say: (line: string) => void): Promise<Endured> {
  const officer = (_: unknown, i: number) =>
    hub.token({ role: 'COMMITTEE', division: '220100', actor: `officer-${i}`, minutes: 60 });
  const tokens = await Promise.all(Array.from({ length: 40 }, officer));
  const supergraphSdl = await readFile(file, 'utf8');
  const ask = async (operation: ClientOperation, turn: number): Promise<Answer> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${tokens[turn % tokens.length]}` };
    const response = await fetch(`${hub.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(operation) });
    return { ...((await response.json()) as object), status: response.status };
  };
  const expected = new Map<ClientOperation, string>();
  const texts = new Set<string>();
  for (const operation of queries(supergraphSdl)) {
    if (texts.size === distinct) break;
    const answer = await ask(operation, texts.size);
    if (!answer.data || texts.has(operation.query)) continue;
    texts.add(operation.query);
    expected.set(operation, verdict(answer));
  }
  const all = [...expected];
  const clean = all.filter(([, found]) => found === '200').length;
  say(`${all.length} operations, ${clean} of them answered without an error`);

  const result: Endured = { operations: all.length, clean, samples: [], differences: [] };
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / second;
  let turn = 0;
  let answers = 0;
  let wrong = 0;
  const work = async () => {
    while (elapsed() < seconds) {
      const now = turn++;
      const [operation, before] = all[now % all.length]!;
      const found = await ask(operation, now).then(verdict, (error: Error) => error.message);
      answers++;
      if (found === before) continue;
      wrong++;
      if (result.differences.length < 10) result.differences.push(`${before} became ${found}: ${operation.query}`);
    }
  };
  const replace = async () => {
    for (let number = 1; elapsed() + 60 < seconds; number++) {
      await pause(60 * second);
      await writeFile(`${file}.next`, `${supergraphSdl}\n# ${number}\n`);
      await rename(`${file}.next`, file);
    }
  };
  const look = async () => {
    while (elapsed() < seconds) {
      await pause(10 * second);
      const sample = { seconds: Math.round(elapsed()), answers, wrong, reloads: await reloads(hub), memory: await memory() };
      result.samples.push(sample);
      say(told(sample));
    }
  };
  await Promise.all([...Array.from({ length: workers }, work), replace(), look()]);
  return result;
}
