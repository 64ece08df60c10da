import type { Execute } from '@hub/gateway/executor/executor';
import { GraphQLError } from 'graphql';
import { asMultiset, canonical, formatted, withoutPlacesOfLostParts, withoutRepeats } from './canonical.ts';
import type { Contest, Route } from './executors.ts';
import type { ClientOperation } from './generated-operation.ts';
import { RecordedSubgraphs, type SentFetch } from './recorded-subgraphs.ts';
import { requestContext } from './request-context.ts';
import { Fate, troubles } from './trouble.ts';

/** What an executor made of an operation. */
export interface Outcome {
  data?: unknown;
  errors?: string[] | undefined;
  extensions?: unknown;
  /** It gave no answer at all; in which words it was surprised is its own affair: the gateway masks them. */
  rejection?: string;
  fetches: string[];
}

export interface Comparison {
  apollo: Outcome;
  own: Outcome;
  /** The parts of the outcome that differ. */
  differences: (keyof Outcome)[];
}

const parts = ['data', 'errors', 'extensions', 'rejection', 'fetches'] as const;

/** Has both executors answer the operation over the same subgraphs in the same trouble. */
export async function compare(
  { schema, fakes, apollo, own }: Contest,
  operation: ClientOperation,
  trouble: { name: string; seed: string },
): Promise<Comparison> {
  const fate = new Fate(troubles[trouble.name]!, trouble.seed);
  const answers = new Map<string, string>();
  const outcome = async ({ execute, route }: { execute: Execute; route: Route }): Promise<Outcome> => {
    const subgraphs = new RecordedSubgraphs(fakes, fate, answers);
    route.to = subgraph => subgraphs.sender(subgraph);
    const answer = await execute(requestContext(schema, operation)).then(read, async (error: Error) => {
      await subgraphs.settled();
      return { rejection: error instanceof GraphQLError ? error.message : 'a fault of its own' };
    });
    return { ...answer, fetches: fetchesOf(subgraphs.sent) };
  };
  const outcomes = { apollo: await outcome(apollo), own: await outcome(own) };
  const differences = parts.filter(part => canonical(outcomes.apollo[part]) !== canonical(outcomes.own[part]));
  return { ...outcomes, differences };
}

const read = ({ data, errors, extensions }: Awaited<ReturnType<Execute>>): Omit<Outcome, 'fetches'> => ({
  data: JSON.parse(canonical(data ?? null)),
  errors: asMultiset(errors && withoutPlacesOfLostParts(errors).map(formatted)),
  extensions: withoutParts(extensions),
});

/** Which parts of a change were made is told by our executor alone. */
function withoutParts({ parts: _, ...others }: Record<string, unknown> = {}): unknown {
  return Object.keys(others).length > 0 ? JSON.parse(canonical(others)) : undefined;
}

const fetchesOf = (sent: readonly SentFetch[]) => asMultiset(sent.map(withoutRepeats))!;
