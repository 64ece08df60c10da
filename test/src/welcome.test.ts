import { sampleViewers } from '@hub/launcher/viewers';
import { questionAbout } from '@hub/launcher/welcome';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestHub, testHub } from './test-hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ sample: true, together: true });
}, 600_000);
afterAll(() => hub?.stop());

describe('the query npm start prints', () => {
  it('is answered to each token it prints, the auditor’s among them', async () => {
    const viewers = await sampleViewers(hub, '220100', '220102');
    const roles = viewers.map(({ title }) => title.split(' ')[0]);
    expect(roles).toEqual(['COMMITTEE', 'COMMITTEE', 'ORGANISATION', 'PARTNER', 'REPORTING', 'AUDITOR']);
    for (const { title, token } of viewers) {
      const { data, errors } = await hub.ask(token, questionAbout('220102'));
      expect([title, errors, data?.division?.name]).toEqual([title, undefined, '南关区']);
    }
  });
});
