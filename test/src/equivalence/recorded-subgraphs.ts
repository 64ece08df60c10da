import type { Sender } from '@hub/gateway/executor/executor';
import { HubError } from '@hub/kit/errors';
import { chance } from './dice.ts';
import type { FakeAnswer, FakeSubgraph } from './fake-subgraph.ts';
import { fetchesIn } from './fetches-in.ts';
import type { Fate } from './trouble.ts';

/** A request that a subgraph was sent. */
export interface SentFetch {
  subgraph: string;
  query: string;
  variables: Record<string, unknown>;
}

/** The subgraphs as one executor meets them during one operation; what it sends them is written down. */
export class RecordedSubgraphs {
  readonly sent: SentFetch[] = [];

  constructor(
    private readonly fakes: Record<string, FakeSubgraph>,
    private readonly fate: Fate,
    private readonly answers: Map<string, string>,
  ) {}

  /** Who gave up does not wait for the fetches that are under way: time for them, and for those that follow, to end. */
  async settled(): Promise<void> {
    for (let turn = 0; turn < 100; turn++) await new Promise(resolve => setImmediate(resolve));
  }

  /** The two executors ask for the same: each answer is worked out once. */
  sender(subgraph: string): Sender {
    return {
      send: async ({ body }) => {
        const { query, variables = {} } = JSON.parse(body);
        // Answers overtake each other, in the same way for both.
        const turns = Math.floor(chance('turns', subgraph, query) * 3);
        for (let turn = 0; turn <= turns; turn++) await new Promise(resolve => setImmediate(resolve));
        if (this.fate.strikes('down', subgraph)) {
          this.sent.push(...fetchesIn({ query, variables }).map(fetch => ({ subgraph, ...fetch })));
          throw new HubError('UNAVAILABLE', `The part "${subgraph}" of the hub is not reachable.`, { retryable: true });
        }
        const key = `${subgraph} ${body}`;
        const known = this.answers.get(key) ?? this.fakes[subgraph]!(body, this.fate);
        this.answers.set(key, known);
        const answer = JSON.parse(known);
        const fetches = fetchesIn({ query, variables });
        if (fetches.length > 1 && !isOfEach(fetches.length, answer)) return answer;
        this.sent.push(...fetches.map(fetch => ({ subgraph, ...fetch })));
        return answer;
      },
    };
  }
}

/** Whether each of the fetches that were asked together can be given its part; otherwise each is asked again, alone. */
function isOfEach(fetches: number, { data, errors }: FakeAnswer): boolean {
  if (!data || Object.values(data).filter(Array.isArray).length < fetches) return false;
  return (errors ?? []).every(({ path }) => path && Object.hasOwn(data, path[0]!));
}
