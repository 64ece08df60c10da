import { type Operation, operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { namesOfKeys } from './client-names.ts';
import { knowWholeIntrospection } from './whole-introspection.ts';

/** One operation of a document, understood and planned. */
export interface Planned {
  operation: Operation;
  plan: QueryPlan;
}

/** What plans are made with: which fetches answer an operation is Apollo's to say, and stays so. */
export interface Planning {
  /** The supergraph's own schema, with what no client sees: rewrites and `requires` speak of its types. */
  supergraphSchema: GraphQLSchema;
  /** What an alias must not be called while it is planned. */
  keyNames: ReadonlySet<string>;
  plan(document: DocumentNode, operationName: string | undefined): Planned;
}

/** Reads a supergraph as `@apollo/gateway` does, with the planner's defaults. */
export function planning(supergraphSdl: string): Planning {
  const supergraph = Supergraph.build(supergraphSdl, { validateSupergraph: false });
  const planner = new QueryPlanner(supergraph);
  const apiSchema = supergraph.apiSchema();
  knowWholeIntrospection(apiSchema);
  return {
    supergraphSchema: supergraph.schema.toGraphQLJSSchema(),
    keyNames: namesOfKeys(supergraphSdl),
    plan: (document, operationName) => {
      const operation = operationFromDocument(apiSchema, document, operationName === undefined ? {} : { operationName });
      return { operation, plan: planner.buildQueryPlan(operation) };
    },
  };
}
