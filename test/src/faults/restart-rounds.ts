import { services } from '@hub/launcher/layout';
import { hubApart, type Program } from '../apart.ts';
import { balancer } from '../balancer.ts';
import { county } from '../test-tokens.ts';
import { compared, type Fault } from './fault.ts';
import { restartedInTurn } from './restarted-in-turn.ts';

/** Every process apart told to stop and started again in turn, behind a balancer over two gateways. */
export async function restartRounds(): Promise<Fault[]> {
  const front = await balancer();
  const hub = await hubApart(front.url, { HUB_DRAIN_MS: '2000' });
  front.over(hub.gateways.map(({ url }) => url));
  try {
    for (const name of services) await hub.serving[name][0].start();
    await Promise.all(hub.gateways.map(each => each.start()));
    const inTurn = async (name: string, programs: readonly Program[], rounds: number): Promise<Fault> => {
      const outcomes = [];
      const start = performance.now();
      for (let i = 0; i < rounds; i++) outcomes.push(await restartedInTurn(hub, front.url, county('220102'), programs));
      const each = (performance.now() - start) / 1_000 / rounds / programs.length;
      const promised = outcomes.flatMap(({ donated }) => donated);
      const made = outcomes.flatMap(outcome => outcome.made);
      const failedOfOthers = outcomes.reduce((sum, { failed }) => sum + failed.length, 0);
      return { name, rounds: rounds * programs.length, ...compared(promised, made), failedOfOthers, comeBack: [each] };
    };
    const alone = services.map(name => hub.serving[name][0]);
    const faults = [
      await inTurn('SIGTERM of each service in turn, one process each', alone, 2),
      await inTurn('SIGTERM of each of two gateways in turn', hub.gateways, 5),
    ];
    for (const name of services) await hub.serving[name][1].start();
    const twofold = services.flatMap(name => hub.serving[name]);
    return [...faults, await inTurn('SIGTERM of each service in turn, two processes each', twofold, 1)];
  } finally {
    await hub.stop();
    front.stop();
  }
}
