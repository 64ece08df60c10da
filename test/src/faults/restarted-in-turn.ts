import type { HubApart, Program } from '../apart.ts';
import { donationsOf, goingLoad } from '../going-load.ts';
import type { Claims } from '../test-tokens.ts';

/** Each of some processes stopped and started again in turn, while the hub is used; what failed, what was promised and what is there. */
export async function restartedInTurn(hub: HubApart, url: string, viewer: Claims, programs: readonly Program[]) {
  let token = hub.token(viewer);
  const renewing = setInterval(() => {
    token = hub.token(viewer);
  }, 60_000);
  const load = goingLoad(url, () => token);
  await load.more();
  for (const each of programs) {
    await each.stop();
    await each.start();
    await load.more();
  }
  clearInterval(renewing);
  const { failed, reads, donated, round } = await load.stop();
  return { failed, reads, donated, made: await donationsOf(hub.databases.programs, round) };
}
