import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';
import type { GraphQLFormattedError } from 'graphql';
import type { Caller } from '../caller.ts';
import type { WaitingFetch } from './ask.ts';
import type { ChangeParts } from './change-parts.ts';
import type { Row } from './merge.ts';

/** What a subgraph answered: fresh objects, which the executor takes over. */
export interface SubgraphAnswer {
  data?: Record<string, any> | null;
  errors?: readonly GraphQLFormattedError[];
  /** The whole answer, unread, in the place of these; only where the call allowed it. */
  bytes?: readonly Buffer[];
}

/** One request to a subgraph. */
export interface Call {
  /** A GraphQL request, serialised. */
  body: string;
  isMutation: boolean;
  caller: Caller;
  /** Whether an answer without errors is the client's own, byte for byte. */
  mayForward?: boolean;
}

/** The way to one subgraph. */
export interface Sender {
  /** Rejects with a HubError when the subgraph gives no GraphQL answer. */
  send(call: Call): Promise<SubgraphAnswer>;
}

/** One operation under way. */
export interface Execution {
  caller: Caller;
  /** As the client gave them: a subgraph applies the defaults itself. */
  variables: Record<string, any>;
  source: (subgraph: string) => Sender;
  /** Everything the subgraphs have answered so far, joined. */
  root: Row;
  errors: unknown[];
  /** What became of the calls that change something. */
  changes: ChangeParts;
  /** Fetches of entities about to be sent, by subgraph. */
  waiting: Map<string, WaitingFetch[]>;
  /** Whether the one fetch of the operation may answer it as bytes, and what it answered. */
  mayForward: boolean;
  bytes?: readonly Buffer[];
}

/** The answer to an operation of a client; instead of data it may hold the bytes of `{"data":{…}}` as the client is to read them. */
export type Answer = GatewayExecutionResult & { bytes?: readonly Buffer[] };
