import { setTimeout as sleep } from 'node:timers/promises';
import { HubError } from '@hub/kit/errors';
import { operationPartHeader, writeOperationPart } from '@hub/kit/idempotency-key';
import { leavingHeader } from '@hub/kit/leaving-header';
import { reachedNobody, wasCut } from '@hub/kit/reached-nobody';
import { Repeated } from '@hub/kit/repeated';
import { traced, traceHeaders } from '@hub/kit/tracing';
import { type FieldNode, type OperationDefinitionNode, parse as parseGraphQL } from 'graphql';
import type { Logger } from 'pino';
import { Pool } from 'undici';
import type { Caller } from './caller.ts';
import { cleanBytes } from './clean-answer.ts';
import { type Answered, exchange, joined } from './exchange.ts';
import type { Call, Sender, SubgraphAnswer } from './executor/execution.ts';
import { NotReached } from './not-reached.ts';
import type { ServiceStatus } from './observe/status.ts';
import type { Found } from './presence.ts';
import { subgraphAddress } from './subgraph-address.ts';

/** The way to one process of a subgraph: few headers, a deadline, and failures in the hub's own words. */
export class SubgraphSource implements Sender {
  readonly #pool: Pool;
  readonly #path: string;
  readonly #failing: Repeated;
  readonly #answeringOtherwise: Repeated;

  constructor(
    readonly name: string,
    readonly url: string,
    log: Logger,
  ) {
    this.#failing = new Repeated(log, 'error', 'subgraph failed');
    this.#answeringOtherwise = new Repeated(log, 'error', 'no GraphQL answer');
    const { origin, path, socketPath } = subgraphAddress(url);
    this.#path = path;
    this.#pool = new Pool(origin, {
      ...(socketPath && { socketPath }),
      connections: 64,
      connectTimeout: 3_000,
      // Below the 65 s of the subgraphs, so that this side closes first.
      keepAliveTimeout: 30_000,
      headersTimeout: 0,
      bodyTimeout: 0,
      maxResponseSize: 128 * 1024 * 1024,
    });
  }

  async send(call: Call): Promise<SubgraphAnswer> {
    const { caller, isMutation } = call;
    try {
      return await traced(`subgraph ${this.name}`, { 'hub.request': caller.requestId }, async () => {
        const answer = this.#read(await this.#post(call), call);
        for (const trouble of [this.#failing, this.#answeringOtherwise]) trouble.over({ subgraph: this.name });
        return answer;
      });
    } catch (error) {
      throw error instanceof HubError ? error : this.#failure(error, caller, isMutation);
    }
  }

  async look(milliseconds: number): Promise<Found> {
    try {
      const path = `${this.#path}/readyz`;
      const { statusCode, body } = await this.#pool.request({ method: 'GET', path, signal: AbortSignal.timeout(milliseconds) });
      await body.dump();
      return statusCode === 200 ? 'ready' : 'unready';
    } catch (error) {
      return reachedNobody(error) ? 'unreached' : 'unready';
    }
  }

  /** What the service tells its operator; undefined when it does not answer. */
  async status(milliseconds: number): Promise<ServiceStatus | undefined> {
    try {
      const path = `${this.#path}/status`;
      const { statusCode, body } = await this.#pool.request({ method: 'GET', path, signal: AbortSignal.timeout(milliseconds) });
      const answer = (await body.json()) as ServiceStatus;
      return statusCode === 200 ? answer : undefined;
    } catch {
      return undefined;
    }
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }

  async #post({ body, caller, isMutation }: Call): Promise<Answered> {
    const options = {
      method: 'POST' as const,
      path: `${this.#path}/graphql`,
      headers: { ...headersFor(caller), ...(isMutation && partOf(caller, body)), ...traceHeaders() },
      body,
    };
    for (const pause of isMutation ? [] : beforeAgain) {
      try {
        return await exchange(this.#pool, options, caller);
      } catch (error) {
        // A kept-alive connection may be closed by the other side at the moment it is used again.
        if (!wasCut(error)) throw error;
        if (pause > 0) await sleep(pause);
      }
    }
    return await exchange(this.#pool, options, caller);
  }

  #read(answered: Answered, call: Call): SubgraphAnswer {
    const { caller, mayForward } = call;
    const { statusCode, headers, chunks } = answered;
    if (headers[leavingHeader]) throw new NotReached(this.name);
    caller.sql.statements += Number(headers['x-hub-statements'] ?? 0);
    const bytes = mayForward && cleanBytes(answered);
    if (bytes) return { bytes };
    const isJson = /^application\/(graphql-response\+)?json\b/.test(String(headers['content-type']));
    const answer = isJson ? parse(joined(chunks).toString()) : undefined;
    if (answer && (statusCode < 500 ? isGraphQL(answer) : isRefusal(answer))) return answer;
    if (tooLarge.has(statusCode))
      throw new HubError(
        'LIMIT_EXCEEDED',
        `The request is larger than the part "${this.name}" of the hub accepts: ask for less.`,
      );
    this.#answeringOtherwise.happened({ requestId: caller.requestId, subgraph: this.name, statusCode });
    throw call.isMutation && statusCode >= 500 ? this.#unknown(call.caller) : this.#unavailable();
  }

  #failure(error: unknown, caller: Caller, isMutation: boolean): HubError {
    if (reachedNobody(error)) return new NotReached(this.name);
    this.#failing.happened({ requestId: caller.requestId, subgraph: this.name, err: error });
    if ((error as Error).name === 'TimeoutError') {
      return new HubError(
        'TIMEOUT',
        `The part "${this.name}" of the hub did not answer in time.${isMutation ? unknownOutcome : ''}`,
        {
          retryable: !isMutation || caller.idempotencyKey !== undefined,
        },
      );
    }
    return isMutation ? this.#unknown(caller) : this.#unavailable();
  }

  #unknown({ idempotencyKey }: Caller): HubError {
    return new HubError('UNKNOWN_OUTCOME', `The part "${this.name}" of the hub was lost on the way.${unknownOutcome}`, {
      retryable: idempotencyKey !== undefined,
    });
  }

  #unavailable(): HubError {
    return new HubError('UNAVAILABLE', `The part "${this.name}" of the hub is not reachable. Try again.`, { retryable: true });
  }
}

const isGraphQL = ({ data, errors }: SubgraphAnswer) => data !== undefined || Array.isArray(errors);

/** A subgraph says by a code that it did nothing: it cannot check tokens at the moment. Whoever stands in between has no such words. */
const isRefusal = ({ data, errors }: SubgraphAnswer) =>
  data === undefined && Array.isArray(errors) && errors[0]?.extensions?.code === 'UNAVAILABLE';

const unknownOutcome = ' Whether the change was made is not known: read it again, or repeat it with the same Idempotency-Key.';

/** Of HTTP: a body or headers that its caller made so. */
const tooLarge = new Set([413, 431]);
/** Milliseconds before a query that was cut off is asked once more: at once, and when a process that is ending has ended. */
const beforeAgain = [0, 100];

const headersFor = ({ authorization, requestId, clientRequestId, idempotencyKey }: Caller) => ({
  'content-type': 'application/json',
  accept: 'application/json',
  authorization,
  'x-request-id': requestId,
  ...(clientRequestId && { 'x-client-request-id': clientRequestId }),
  ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
});

/** Named by the first change it makes: a name the client gave, or that of the field. */
function partOf({ asked: { change } }: Caller, body: string) {
  if (!change) return undefined;
  const [operation] = parseGraphQL(JSON.parse(body).query, { noLocation: true }).definitions as [OperationDefinitionNode];
  const [first] = operation.selectionSet.selections as [FieldNode];
  return { [operationPartHeader]: writeOperationPart({ hash: change.hash, step: (first.alias ?? first.name).value }) };
}

function parse(text: string): Record<string, any> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value && typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}
