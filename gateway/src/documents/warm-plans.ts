import type { GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import { type DocumentNode, type GraphQLSchema, parse, validate } from 'graphql';
import type { Logger } from 'pino';
import type { Caller } from '../caller.ts';
import type { Execute } from '../executor/executor.ts';
import type { TrustedDocument } from './manifest.ts';
import { sampleVariables } from './sample-variables.ts';

/** What plans as it executes. */
interface Planner {
  readonly schema?: GraphQLSchema | undefined;
  readonly executor: Execute;
}

/** A caller whose operations are planned and sent nowhere. */
const rehearsing = { isRehearsal: true } as Caller;

/** Has the gateway plan each trusted document, so that nobody waits for it. A document that no longer fits the schema is named in the log. */
export async function warmPlans(gateway: Planner, documents: readonly TrustedDocument[], log: Logger): Promise<void> {
  for (const { id, name, body } of documents) {
    const schema = gateway.schema!;
    const document = parse(body);
    const [error] = validate(schema, document);
    if (error) {
      log.warn({ document: name, reason: error.message }, 'a trusted document does not fit the supergraph');
      continue;
    }
    await gateway.executor(rehearsal(schema, document, body, id));
    // Planning takes milliseconds of the event loop: requests go in between.
    await new Promise(resolve => setImmediate(resolve));
  }
}

/** What the executor reads of a request. The plan is kept under the text's hash, where requests look for it. */
const rehearsal = (schema: GraphQLSchema, document: DocumentNode, source: string, queryHash: string) =>
  ({
    request: { query: source, variables: sampleVariables(schema, document) },
    document,
    source,
    queryHash,
    schema,
    context: rehearsing,
    metrics: {},
  }) as unknown as GatewayGraphQLRequestContext;
