import { services } from '@hub/launcher/layout';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type HubApart, hubApart, type Program } from './apart.ts';
import { balancer } from './balancer.ts';
import { restartedInTurn } from './faults/restarted-in-turn.ts';
import { county } from './test-tokens.ts';

let front: Awaited<ReturnType<typeof balancer>>;
let hub: HubApart;
beforeAll(async () => {
  front = await balancer();
  hub = await hubApart(front.url, { HUB_DRAIN_MS: '2000' });
  front.over(hub.gateways.map(({ url }) => url));
  for (const name of services) await hub.serving[name][0].start();
  await Promise.all(hub.gateways.map(each => each.start()));
}, 600_000);
afterAll(async () => {
  await hub?.stop();
  front?.stop();
});

async function restarted(programs: readonly Program[]) {
  const { failed, donated, made } = await restartedInTurn(hub, front.url, county('220102'), programs);
  return { failed, lostOrDoubled: made.join() === donated.toSorted().join() ? [] : { donated, made } };
}

const none = { failed: [], lostOrDoubled: [] };

describe('a process of its own', () => {
  it.each(services)('%s tells its operator of itself at its own port, and nobody else', async name => {
    const { url } = hub.serving[name][0];
    expect(await (await fetch(`${url}/status`)).json()).toMatchObject({ database: { version: expect.stringMatching(/^\d+/) } });
    expect(await (await fetch(`${url}/metrics`)).text()).toContain(`hub_pool_connections{state="all",service="${name}"}`);
    for (const path of ['status', 'metrics', `identity/status`, 'identity/metrics'])
      expect((await fetch(`${front.url}/${path}`)).status).toBe(404);
  });

  it('leaves the gateway ready when it is not there; the status names it', async () => {
    const [gateway] = hub.gateways;
    await hub.serving.campaigns[0].stop();
    expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200);
    const { status, subgraphs } = (await (await fetch(`${gateway.operatorsUrl}/status`)).json()) as any;
    expect(status).toBe('waiting');
    expect(subgraphs.filter(({ ready }: any) => !ready).map(({ name }: any) => name)).toEqual(['campaigns']);
    await hub.serving.campaigns[0].start();
  });
});

describe('a rolling restart of processes apart, two gateways behind a balancer', () => {
  it('fails no request where each service is one process', async () => {
    expect(await restarted(services.map(name => hub.serving[name][0]))).toEqual(none);
  }, 600_000);

  it('fails no request where the gateways are restarted', async () => {
    expect(await restarted(hub.gateways)).toEqual(none);
  }, 600_000);
});
