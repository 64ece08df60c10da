import type { GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import { mayReadPersonal } from '@hub/kit/viewer';
import type { GraphQLSchema } from 'graphql';
import type { Caller } from '../caller.ts';
import type { Answer } from './execution.ts';
import type { Run } from './executor.ts';

/** A read under way, and those who wait for it. */
interface Flight {
  schema: GraphQLSchema;
  party: Party;
  sql: Caller['sql'];
  bytes: Caller['bytes'];
  answer: Promise<Answer>;
}

/**
 * Identical reads of one viewer that are under way at once (a dashboard in many windows) are executed once. What decides an answer is
 * in the key: the whole token, the operation, the variables, the schema; and the time, for nobody joins a read that began before a
 * change that has been answered since. An error is the first one's alone: the others ask for themselves, with their own deadline.
 * Who may read personal fields is never joined: each such read has its own row in the read log.
 */
export function coalesced(run: Run): Run {
  const flights = new Map<string, Flight>();

  function begin(key: string, context: GatewayGraphQLRequestContext): Flight {
    const [party, sql] = [new Party(), { statements: 0 }];
    const caller = { ...(context.context as Caller), departure: party.departure, sql };
    const answer = run({ ...context, context: caller }).finally(() => {
      if (flights.get(key) === flight) flights.delete(key);
    });
    const flight = { schema: context.schema, party, sql, bytes: caller.bytes, answer };
    flights.set(key, flight);
    return flight;
  }

  return async context => {
    const caller = context.context as Caller;
    if (caller.isRehearsal) return run(context);
    if (context.operation.operation !== 'query') return run(context).finally(() => flights.clear());
    if (mayReadPersonal(caller.viewer)) return run(context);
    const key = keyOf(context, caller);
    const present = flights.get(key);
    if (present?.schema === context.schema && !present.party.departure.aborted) {
      present.party.join(caller.departure);
      const answer = await present.answer.catch(() => undefined);
      if (!answer || answer.errors) return run(context);
      caller.sql.statements += present.sql.statements;
      caller.bytes.share(present.bytes);
      return { ...answer };
    }
    const flight = begin(key, context);
    flight.party.join(caller.departure);
    const answer = await flight.answer;
    caller.sql.statements += flight.sql.statements;
    return answer;
  };
}

const keyOf = ({ queryHash, request }: GatewayGraphQLRequestContext, { authorization }: Caller) =>
  JSON.stringify([authorization, queryHash, request.operationName, request.variables]);

/** Those who wait for one answer: the work is given up when the last of them has gone. */
class Party {
  readonly #departure = new AbortController();
  #present = 0;

  get departure(): AbortSignal {
    return this.#departure.signal;
  }

  join(departure: AbortSignal): void {
    this.#present++;
    const leave = () => {
      if (--this.#present === 0) this.#departure.abort(departure.reason);
    };
    if (departure.aborted) leave();
    else departure.addEventListener('abort', leave, { once: true });
  }
}
