import type { ApolloServerPlugin } from '@apollo/server';
import { Lru } from '@hub/kit/lru';
import { type DocumentNode, type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import type { Caller } from '../caller.ts';

/** The one operation of a text that the server has parsed and found valid under a schema. */
export interface KnownOperation {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  queryHash: string;
}

const kept = 1_000;
/** Longer texts are mostly blanks and comments: they would fill the memory. */
const longest = 16_384;

/** Operations by their exact text. What another schema made valid is not known under this one. */
export class KnownOperations {
  readonly #bySchema = new WeakMap<GraphQLSchema, Lru<string, KnownOperation>>();

  find(schema: GraphQLSchema, text: string): KnownOperation | undefined {
    return text.length > longest ? undefined : this.#bySchema.get(schema)?.get(text);
  }

  keep(schema: GraphQLSchema, text: string, known: KnownOperation): void {
    if (text.length > longest || !isAlone(known) || !schema.getRootType(known.operation.operation)) return;
    const ofSchema = this.#bySchema.get(schema) ?? new Lru<string, KnownOperation>(kept);
    this.#bySchema.set(schema, ofSchema);
    ofSchema.set(text, known);
  }
}

const isAlone = ({ document, operation }: KnownOperation) =>
  document.definitions.every(definition => definition === operation || definition.kind === Kind.FRAGMENT_DEFINITION);

/** Learns an operation when the server has let it through parsing and validation, limits and all. */
export const learnOperations = (known: KnownOperations): ApolloServerPlugin<Caller> => ({
  requestDidStart: async () => ({
    didResolveOperation: async ({ schema, source, document, operation, queryHash }) => {
      if (operation) known.keep(schema, source, { document, operation, queryHash });
    },
  }),
});
