import { randomUUID } from 'node:crypto';
import { serve } from '@hub/kit/serve';
import { aDonation } from '@hub/programs/factories';
import { programs } from '@hub/programs/subgraph';
import { cuttingProxy } from '../cutting-proxy.ts';
import { eventually } from '../eventually.ts';
import { donationsOf } from '../going-load.ts';
import { testDatabase } from '../test-database.ts';
import { ask } from '../test-service.ts';
import { county, verifyTestToken } from '../test-tokens.ts';
import { compared, type Fault, secondsSince } from './fault.ts';

const create = 'mutation ($input: CreateDonation!) { createDonation(input: $input) { id } }';

/** Cuts the answer to a COMMIT off, again and again; each change is repeated with its key until it is promised. */
export async function commitRounds(rounds: number): Promise<Fault> {
  const database = await testDatabase('programs');
  const proxy = await cuttingProxy(database.url);
  const serving = await serve(programs, { databaseUrl: proxy.url(database.url), verify: verifyTestToken });
  const round = randomUUID();
  const promised: string[] = [];
  const comeBack: number[] = [];
  try {
    for (let i = 0; i < rounds; i++) {
      const recipient = `${round} ${i}`;
      const input = aDonation({ divisionCode: '220102', recipient });
      const donate = () =>
        ask(serving.url, county('220102'), create, { input }, { 'idempotency-key': recipient.replace(' ', '-') });
      proxy.mode = 'cut commits';
      const { errors } = await donate();
      proxy.mode = 'open';
      if (errors?.[0]?.extensions.code !== 'UNKNOWN_OUTCOME')
        throw new Error(`A lost answer was told as ${JSON.stringify(errors)}.`);
      const start = performance.now();
      await eventually(async () => {
        const { data } = await donate();
        if (!data?.createDonation) throw new Error('not promised yet');
      });
      comeBack.push(secondsSince(start));
      promised.push(recipient);
    }
    const there = await donationsOf(database, round);
    return { name: 'the answer to a COMMIT cut off', rounds, ...compared(promised, there), failedOfOthers: 0, comeBack };
  } finally {
    await serving.stop();
    await proxy.stop();
    await database.drop();
  }
}
