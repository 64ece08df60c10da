import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Caller } from './caller.ts';

/** An answer, read to its end. */
export interface Answered {
  statusCode: number;
  headers: IncomingHttpHeaders;
  /** As they came: joining them would take as much memory again outside the heap, which costs a collection the sooner. */
  chunks: readonly Buffer[];
}

/** Milliseconds until a subgraph has stopped what nobody waits for any more: it hears of it at once, and has its database stop. */
const stopping = 250;

/**
 * Sends a request and reads its answer to the end, unless the caller goes or its deadline passes. One listener and one timer: undici's own
 * `request` makes a stream of each answer, and signals joined for each request cost more than the rest of it.
 */
export function exchange(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  { departure, deadline, work, bytes }: Pick<Caller, 'departure' | 'deadline' | 'work' | 'bytes'>,
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    if (departure.aborted) return reject(departure.reason);
    const end = work.begin();
    let running: Dispatcher.DispatchController | undefined;
    let givenUp: Error | undefined;
    let head: Omit<Answered, 'chunks'> | undefined;
    const chunks: Buffer[] = [];
    const over = () => {
      clearTimeout(timer);
      departure.removeEventListener('abort', leave);
    };
    const giveUp = (reason: Error) => {
      over();
      givenUp = reason;
      reject(reason);
      running?.abort(reason);
      setTimeout(end, stopping).unref();
    };
    const leave = () => giveUp(departure.reason);
    const timer = setTimeout(() => giveUp(new DOMException('', 'TimeoutError')), Math.max(deadline - Date.now(), 1));
    departure.addEventListener('abort', leave);
    dispatcher.dispatch(options, {
      onRequestStart: controller => {
        running = controller;
        // It waited for a connection longer than anybody waited for it.
        if (givenUp) controller.abort(givenUp);
      },
      onResponseStart: (_controller, statusCode, headers) => {
        head = { statusCode, headers };
      },
      onResponseData: (_controller, chunk) => {
        try {
          bytes.take(chunk.length);
          chunks.push(chunk);
        } catch (error) {
          giveUp(error as Error);
        }
      },
      onResponseEnd: () => {
        over();
        end();
        resolve({ ...head!, chunks });
      },
      onResponseError: (_controller, error) => {
        over();
        if (!givenUp) end();
        reject(head ? new BrokenOff(error) : error);
      },
    });
  });
}

export const joined = (chunks: readonly Buffer[]): Buffer => (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));

/** The connection ended in the midst of an answer. */
export class BrokenOff extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}
