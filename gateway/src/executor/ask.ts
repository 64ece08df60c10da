import { HubError } from '@hub/kit/errors';
import { type EntitiesRequest, sharedRequest } from './entities-request.ts';
import type { Execution, SubgraphAnswer } from './execution.ts';

/** Sends a subgraph one request. */
export function ask(execution: Execution, subgraph: string, body: string, isMutation = false): Promise<SubgraphAnswer> {
  const { caller, source, mayForward } = execution;
  if (caller.departure.aborted) throw new HubError('UNAVAILABLE', 'The caller has gone; nothing more was sent.');
  return source(subgraph).send({ body, isMutation, caller, mayForward });
}

/** An `_entities` fetch that is about to be sent. */
export interface WaitingFetch {
  request: EntitiesRequest;
  representations: readonly string[];
  resolve: (answer: SubgraphAnswer) => void;
  reject: (error: unknown) => void;
}

/**
 * Asks about entities. Fetches that come to one subgraph at the same moment (a plan's parallel steps) go in one request: a request costs
 * either side more than the entities in it, and a subgraph of the hub a transaction.
 */
export function askEntities(
  execution: Execution,
  request: EntitiesRequest,
  representations: readonly string[],
): Promise<SubgraphAnswer> {
  if (!request.shareable) return ask(execution, request.subgraph, request.bodyOf(execution.variables, representations));
  return new Promise((resolve, reject) => {
    const fetch: WaitingFetch = { request, representations, resolve, reject };
    const waiting = execution.waiting.get(request.subgraph);
    if (waiting) return waiting.push(fetch);
    const fetches = [fetch];
    execution.waiting.set(request.subgraph, fetches);
    // After everything that answers just read have set off.
    process.nextTick(() => {
      execution.waiting.delete(request.subgraph);
      void (fetches.length > 1 ? sendTogether(execution, fetches) : sendAlone(execution, fetch));
    });
  });
}

async function sendAlone(execution: Execution, { request, representations, resolve, reject }: WaitingFetch): Promise<void> {
  try {
    resolve(await ask(execution, request.subgraph, request.bodyOf(execution.variables, representations)));
  } catch (error) {
    reject(error);
  }
}

async function sendTogether(execution: Execution, fetches: readonly WaitingFetch[]): Promise<void> {
  try {
    const { bodyOf, names } = sharedRequest(fetches.map(({ request }) => request));
    const body = bodyOf(execution.variables, ...fetches.map(({ representations }) => representations));
    const answers = apart(await ask(execution, fetches[0]!.request.subgraph, body), names);
    if (answers) for (const [i, { resolve }] of fetches.entries()) resolve(answers[i]!);
    // What went wrong was one's own affair or that of the request as a whole: nobody is to miss anything for another's sake.
    else await Promise.all(fetches.map(fetch => sendAlone(execution, fetch)));
  } catch (error) {
    for (const { reject } of fetches) reject(error);
  }
}

/** The answer to each fetch, as if it had been asked alone; undefined where that cannot be told. */
function apart({ data, errors }: SubgraphAnswer, names: readonly string[]): SubgraphAnswer[] | undefined {
  if (!data || names.some(name => !Array.isArray(data[name]))) return undefined;
  const answers = names.map((name): SubgraphAnswer => ({ data: { _entities: data[name] } }));
  for (const error of errors ?? []) {
    const [name, ...rest] = error?.path ?? [];
    const answer = answers[names.indexOf(String(name))];
    if (!answer) return undefined;
    answer.errors = [...(answer.errors ?? []), { ...error, path: ['_entities', ...rest] }];
  }
  return answers;
}
