import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { inRepository } from '@hub/launcher/layout';
import { type Hub, startHub } from '@hub/launcher/start-hub';
import { anOrganisation } from '@hub/organisations/factories';
import { connected, urlFor } from '@hub/postgres/administrator';
import { createDirectory } from '@hub/postgres/data-directory';
import { runningServer } from '@hub/postgres/running-server';
import { eventually } from '../eventually.ts';
import { ask } from '../test-service.ts';
import { allScopes, city, county } from '../test-tokens.ts';
import { type Fault, secondsSince } from './fault.ts';
import { FeedFollower } from './feed-follower.ts';

const create = 'mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id version } }';
const move = 'mutation ($input: MoveOrganisation!) { moveOrganisation(input: $input) { id } }';
const withScopes = <T extends object>(claims: T) => ({ ...claims, scopes: allScopes });

interface Written {
  id: string;
  sent: number;
  acknowledged: number;
}

/** Enters organisations in a county until told to stop, and moves every third to another. */
function writing(hub: Hub): { written: Written[]; stop(): Promise<void> } {
  const written: Written[] = [];
  let isOver = false;
  const get = async (claims: object, query: string, input: object) => {
    const { data, errors } = await ask(hub.url, await hub.token(withScopes(claims) as never), query, { input });
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const going = (async () => {
    for (let i = 0; !isOver; i++) {
      const sent = Date.now();
      const { id, version } = (await get(county('220102'), create, anOrganisation())).createOrganisation;
      written.push({ id, sent, acknowledged: Date.now() });
      const to = { id, expectedVersion: version, divisionCode: '220103', movedOn: '2026-01-05', reason: '注册地变更' };
      if (i % 3 === 0) await get(city, move, to);
    }
  })();
  return {
    written,
    stop: () => {
      isOver = true;
      return going;
    },
  };
}

/** Backs a hub up while it is used, and restores it to a moment after the backup that nobody chose. */
export async function restoreRounds(rounds: number, tell: (line: string) => void = () => undefined): Promise<Fault> {
  const work = await createDirectory(await mkdtemp(join(tmpdir(), 'hub-restore-')));
  const data = join(work, 'data');
  const run = (command: string, ...args: string[]) =>
    promisify(execFile)(process.execPath, [inRepository('services', 'launcher', 'dist', `${command}.js`), ...args], {
      env: { ...process.env, HUB_DATA: data },
    });
  const rowsOf = async (service: string, sql: string) =>
    connected(urlFor((await runningServer(join(data, 'postgres')))!, `hub_${service}`), inside => inside(sql));
  const followers = [new FeedFollower(withScopes(county('220102'))), new FeedFollower(withScopes(city))];
  const fault: Fault = {
    name: 'backup, and restore to a random moment; a county and the city follow by the feed',
    rounds,
    acknowledged: 0,
    lost: 0,
    doubled: 0,
    failedOfOthers: 0,
    copies: 0,
    comeBack: [],
  };
  let hub = await startHub({ dataDirectory: data, port: 0 });
  try {
    for (let round = 0; round < rounds; round++) {
      const writers = [writing(hub), writing(hub)];
      await run('backup', join(work, `backup-${round}`));
      await pause(1_000 + Math.random() * 2_000);
      const moment = Date.now();
      await pause(1_000);
      await Promise.all(followers.map(each => each.catchUp(hub)));
      await Promise.all(writers.map(each => each.stop()));
      await hub.stop();
      await run('restore', join(work, `backup-${round}`), '--to', new Date(moment).toISOString(), '--replace');
      const start = performance.now();
      hub = await startHub({ dataDirectory: data, port: 0 });
      fault.comeBack.push(secondsSince(start));
      const there = new Set((await rowsOf('organisations', 'select id from organisation')).map(({ id }) => String(id)));
      const written = writers.flatMap(each => each.written);
      const before = written.filter(({ acknowledged }) => acknowledged < moment);
      fault.acknowledged += before.length;
      fault.lost += before.filter(({ id }) => !there.has(id)).length;
      // Nothing of what was sent after the moment may have come along.
      fault.doubled += written.filter(({ sent, id }) => sent > moment && there.has(id)).length;
      fault.copies! += await differing();
      tell(`restored to ${moment}: ${before.length} before it, ${written.length - before.length} after`);
    }
    return fault;
  } finally {
    await hub.stop();
    await rm(work, { recursive: true, force: true });
  }

  /** Organisations that a follower or another subgraph knows otherwise than their owner, once all have caught up. */
  async function differing(): Promise<number> {
    const places = new Map(
      (await rowsOf('organisations', 'select id, division_code from organisation')).map(({ id, division_code }) => [
        String(id),
        String(division_code),
      ]),
    );
    const otherwise = async () => {
      let count = 0;
      for (const [i, follower] of followers.entries()) {
        await follower.catchUp(hub);
        const seen = [...places].filter(([, division]) => i === 1 || division === '220102').map(([id]) => id);
        count += seen.filter(id => !follower.copy.has(id)).length + [...follower.copy].filter(id => !seen.includes(id)).length;
      }
      for (const service of ['people', 'campaigns', 'programs', 'identity'])
        for (const { id, division_code } of await rowsOf(service, 'select id, division_code from organisation'))
          if (places.get(String(id)) !== division_code) count++;
      return count;
    };
    await eventually(async () => {
      if ((await otherwise()) > 0) throw new Error('not caught up yet');
    }, 30_000).catch(() => undefined);
    return otherwise();
  }
}
