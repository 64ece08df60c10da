import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Hub } from '@hub/launcher/start-hub';
import { anOrganisation } from '@hub/organisations/factories';
import { answers, asCounty, type Part, parts } from './parts.ts';

const create = 'mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id } }';

export interface GoingUse {
  /** Names of organisations that were promised. */
  promised: string[];
  /** From now on failures of this part are its own affair. */
  hit: Part | 'all' | undefined;
  /** How many questions failed to which the part that was hit says nothing. */
  failedOfOthers(): number;
  stop(): Promise<void>;
}

/** A hub in use: of each part somebody asks again and again, and two enter organisations, each under a key until it is promised. */
export function goingUse(hub: Pick<Hub, 'url' | 'token'>): GoingUse {
  let isOver = false;
  let failed = 0;
  const use = { promised: [] as string[], hit: undefined } as unknown as GoingUse;
  const asking = async (part: Part) => {
    while (!isOver) {
      const isAnswered = await answers(hub, part);
      if (!isAnswered && use.hit !== 'all' && use.hit !== part) failed++;
      await pause(50);
    }
  };
  const entering = async (actor: string) => {
    while (!isOver) {
      const [legalName, key] = [`故障中登记的企业 ${randomUUID()}`, randomUUID()];
      const input = anOrganisation({ legalName });
      const isPromised = async () =>
        asCounty(hub, actor, create, { input }, { 'idempotency-key': key }).then(
          ({ data }) => Boolean(data?.createOrganisation),
          () => false,
        );
      while (!(await isPromised())) await pause(50);
      use.promised.push(legalName);
      await pause(20);
    }
  };
  const all = [...parts.map(asking), entering('first writer'), entering('second writer')];
  use.failedOfOthers = () => failed;
  use.stop = async () => {
    isOver = true;
    await Promise.all(all);
  };
  return use;
}
