import { anOrganisation } from '@hub/organisations/factories';
import { smallDisk } from '../small-disk.ts';
import { ask } from '../test-service.ts';
import { compared, type Fault, secondsSince } from './fault.ts';
import { organisationNames } from './parts.ts';

const create = 'mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id } }';
/** Changes promised before the disk is full, of each round. */
const perRound = 20;

/** The disk under a hub is filled while it is used, and freed; undefined where nobody may mount one. */
export async function diskRounds(rounds: number): Promise<Fault | undefined> {
  const disk = await smallDisk();
  if (!disk) return undefined;
  const promised: string[] = [];
  const comeBack: number[] = [];
  try {
    let hub = disk.start();
    for (let round = 1; round <= rounds; round++) {
      const [url, token] = [await hub.url, await disk.token()];
      for (let i = 1; i <= perRound; i++) {
        const legalName = `第${round}轮${i}号有限公司`;
        const { data } = await ask(url, token, create, { input: anOrganisation({ legalName }) });
        if (data?.createOrganisation) promised.push(legalName);
      }
      await disk.fill();
      await hub.ended;
      await disk.free();
      const start = performance.now();
      hub = disk.start();
      await hub.url;
      comeBack.push(secondsSince(start));
    }
    const there = await organisationNames({ url: await hub.url, token: () => disk.token() });
    await hub.stop();
    return { name: 'the disk full, and freed', rounds, ...compared(promised, there), failedOfOthers: 0, comeBack };
  } finally {
    await disk.remove();
  }
}
