process.env.APOLLO_TELEMETRY_DISABLED = '1';

import { createHash } from 'node:crypto';
import { ApolloGateway } from '@apollo/gateway';
import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { defaultBreaker } from '../breaker.ts';
import { SubgraphFleet } from '../subgraph-fleet.ts';
import { supergraphSdl } from '../testing/imagined-hub.ts';
import { warmPlans } from './warm-plans.ts';

describe('the plans of the trusted documents', () => {
  it('are kept where requests look for them, and nothing is sent', async () => {
    const plans = new Map<string, unknown>();
    const log = pino({ level: 'silent' });
    const calls: string[] = [];
    const fleet = new SubgraphFleet(() => 'http://127.0.0.1:9', {
      deadlineMs: 1_000,
      awayMs: 1,
      breaker: defaultBreaker,
      observe: (_, outcome) => calls.push(outcome),
      log,
    });
    fleet.open(supergraphSdl);
    const gateway = new ApolloGateway({
      supergraphSdl,
      // Nobody listens there: a call would fail and be observed.
      buildService: ({ name }) => fleet.get(name),
      queryPlannerConfig: {
        cache: {
          get: async (key: string) => plans.get(key),
          set: async (key: string, plan: unknown) => void plans.set(key, plan),
          clear: () => plans.clear(),
        },
      } as never,
    });
    await gateway.load();
    const bodies = [
      'query A($id: ID!) { place(id: $id) { name people } }',
      'mutation B($input: StagePlaceImport!) { stagePlaceImport(input: $input) { id } }',
    ];
    const documents = bodies.map(body => ({
      id: createHash('sha256').update(body).digest('hex'),
      name: 'any',
      type: 'query',
      body,
    }));
    await warmPlans(gateway, documents, log);
    expect([...plans.keys()]).toEqual(documents.map(({ id }) => id));
    expect(JSON.stringify(plans.get(documents[0]!.id))).toMatch(/places.*people/);
    expect(calls).toEqual([]);
    await gateway.stop();
  });
});
