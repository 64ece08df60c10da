import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type TestHub, testHub } from '../test-hub.ts';
import { siege } from './siege.ts';
import { starvings } from './starvings.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ sample: true, ownLimits: true });
}, 600_000);
afterAll(() => hub?.stop());

it('whatever one viewer does, it is refused, and another is answered and can sign in', async () => {
  const { sieges } = await siege(hub, 2, () => undefined);
  expect(sieges.map(({ starving }) => starving.name)).toEqual(starvings.map(({ name }) => name));
  const wrong = sieges.flatMap(({ starving: { name, meets }, polite, met }) => [
    ...[...polite.refused, ...polite.failedSignIns].map(refusal => `${name}: the polite viewer met ${refusal}`),
    ...(polite.taken.length > 0 && polite.signIns > 0 ? [] : [`${name}: the polite viewer was not served`]),
    ...[...met.keys()].filter(outcome => outcome.startsWith('500')).map(outcome => `${name}: met ${outcome}`),
    ...([...met.keys()].some(outcome => meets.test(outcome)) ? [] : [`${name}: met only ${JSON.stringify([...met])}`]),
  ]);
  expect(wrong).toEqual([]);
}, 600_000);
