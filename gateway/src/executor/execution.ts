import type { GraphQLFormattedError } from 'graphql';
import type { Caller } from '../caller.ts';
import type { Row } from './merge.ts';

/** What a subgraph answered: fresh objects, which the executor takes over. */
export interface SubgraphAnswer {
  data?: Record<string, any> | null;
  errors?: readonly GraphQLFormattedError[];
}

/** One request to a subgraph. */
export interface Call {
  /** A GraphQL request, serialised. */
  body: string;
  isMutation: boolean;
  caller: Caller;
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
}
