import { execFile } from 'node:child_process';
import { cp, mkdtemp, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRepository } from '@hub/launcher/layout';
import { type Hub, startHub } from '@hub/launcher/start-hub';
import { anOrganisation } from '@hub/organisations/factories';
import { enterPerson } from '@hub/people/factories';
import { connected, urlFor } from '@hub/postgres/administrator';
import { createDirectory } from '@hub/postgres/data-directory';
import { runningServer } from '@hub/postgres/running-server';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.ts';
import { ask } from './test-service.ts';
import { allScopes, type Claims, city, county } from './test-tokens.ts';

const feed = `query ($after: String) { organisationChanges(after: $after, first: 1000) { cursor hasMore nodes { entityId } } }`;
const create = `mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id version } }`;
const move = `mutation ($input: MoveOrganisation!) { moveOrganisation(input: $input) { id } }`;
const where = `query ($person: ID!, $organisation: ID!) {
  person(id: $person) { division { code } } organisation(id: $organisation) { division { code } } }`;

let work: string;
let data: string;
let backup: string;
let hub: Hub;

const token = ({ scopes = allScopes, ...claims }: Claims) => hub.token({ ...claims, scopes });
const get = async (claims: Claims, query: string, variables: object = {}) => {
  const { data: answer, errors } = await ask(hub.url, await token(claims), query, variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return answer;
};
const enter = async (name: string): Promise<{ id: string; version: number }> =>
  (await get(county('220102'), create, { input: anOrganisation({ legalName: name }) })).createOrganisation;
const moveAway = ({ id, version }: { id: string; version: number }) =>
  get(city, move, {
    input: { id, expectedVersion: version, divisionCode: '220103', movedOn: '2026-01-05', reason: '注册地变更' },
  });

/** All ids the feed gives out after a cursor, and where it ends. */
async function readOn(after?: string): Promise<{ cursor: string; ids: string[] }> {
  const page = (await get(city, feed, { after })).organisationChanges;
  const ids = page.nodes.map(({ entityId }: { entityId: string }) => entityId);
  if (!page.hasMore) return { cursor: page.cursor, ids };
  const rest = await readOn(page.cursor);
  return { cursor: rest.cursor, ids: [...ids, ...rest.ids] };
}

const run = (command: string, args: string[], directory = data) =>
  new Promise<{ code: number; out: string; err: string }>(resolve => {
    const env = { ...process.env, HUB_DATA: directory };
    execFile(
      process.execPath,
      [inRepository('services', 'launcher', 'dist', `${command}.js`), ...args],
      { env },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });

const rowsOf = async (database: string, sql: string) =>
  connected(urlFor((await runningServer(join(data, 'postgres')))!, database), inside => inside(sql));

interface Written {
  id: string;
  sent: number;
  acknowledged: number;
}

/** Somebody who enters one organisation after the other until told to stop. */
function writer(): { written: Written[]; stop(): Promise<void> } {
  const written: Written[] = [];
  let isOver = false;
  const writing = (async () => {
    for (let number = 1; !isOver; number++) {
      const sent = Date.now();
      const { id } = await enter(`测试企业第${number}号`);
      written.push({ id, sent, acknowledged: Date.now() });
    }
  })();
  return {
    written,
    stop: () => {
      isOver = true;
      return writing;
    },
  };
}

beforeAll(async () => {
  process.env.HUB_BUDGET_PEOPLE = '1000000000';
  work = await createDirectory(await mkdtemp(join(tmpdir(), 'hub-backup-')));
  data = join(work, 'data');
  backup = join(work, 'backups', 'first');
  hub = await startHub({ dataDirectory: data, port: 0 });
}, 120_000);

afterAll(async () => {
  delete process.env.HUB_BUDGET_PEOPLE;
  await hub?.stop();
  await rm(work, { recursive: true, force: true });
});

describe('a backup of a hub that goes on', () => {
  let moved: { id: string; version: number };
  let movedLater: { id: string; version: number };
  let people: string[];
  let written: Written[];
  let moment: Date;
  let early: string;
  let beyond: string;
  let keptToken: string;

  it('is made while writers go on, for its owner alone to read', async () => {
    moved = await enter('先迁移的企业');
    movedLater = await enter('后迁移的企业');
    people = await Promise.all([moved, movedLater].map(({ id }) => enterPerson({ get }, '220102', { organisationId: id })));
    keptToken = await token(city);
    early = (await readOn()).cursor;
    // What a recovery knows to have kept: a mark is written every other second.
    await eventually(async () => {
      const [mark] = await rowsOf('hub_organisations', 'select decided from epoch order by number desc limit 1');
      expect(BigInt(mark!.decided)).toBeGreaterThanOrEqual(BigInt(early.split('.')[1]!));
    });
    const writers = [writer(), writer(), writer()];
    const { code, out, err } = await run('backup', [backup]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`Backed up to ${backup}, as of `);
    await moveAway(moved);
    // Something of each writer between the backup and the moment, and after it.
    const counts = () => writers.map(each => each.written.length);
    const further = async (from: number[]) => eventually(() => expect(counts().every((n, i) => n > from[i]! + 2)).toBe(true));
    await further(counts());
    moment = new Date();
    await further(counts());
    await moveAway(movedLater);
    await eventually(async () => {
      const page = await readOn(early);
      expect(page.ids).toContain(movedLater.id);
      beyond = page.cursor;
    });
    await Promise.all(writers.map(each => each.stop()));
    written = writers.flatMap(each => each.written);

    const entries = await readdir(backup, { recursive: true, withFileTypes: true });
    const modes = await Promise.all(
      [backup, ...entries.filter(entry => !/jwks/.test(entry.name)).map(entry => join(entry.parentPath, entry.name))].map(
        async path => ((await stat(path)).mode & 0o077) === 0,
      ),
    );
    expect([modes.length > 6, modes.every(Boolean)]).toEqual([true, true]);
  }, 120_000);

  it('is not restored over a hub that runs, nor over its data unless told', async () => {
    const running = await run('restore', [backup]);
    expect([running.code, running.err]).toEqual([1, expect.stringContaining(`Another hub runs with the data in ${data}`)]);
    await hub.stop();
    const full = await run('restore', [backup]);
    expect([full.code, full.err]).toEqual([1, expect.stringContaining(`There is a database in ${data} already: --replace`)]);
  }, 30_000);

  it('is restored to a moment after it: what had been committed then is there, and nothing else', async () => {
    const { code, out, err } = await run('restore', [backup, '--to', moment.toISOString(), '--replace']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/; the last change in it was made at \d{4}-/);
    expect((await readdir(join(data, 'postgres'))).filter(name => /unfinished/.test(name))).toEqual([]);
    hub = await startHub({ dataDirectory: data, port: 0 });
    const there = new Set((await rowsOf('hub_organisations', 'select id from organisation')).map(({ id }) => id as string));
    const acknowledgedBefore = written.filter(each => each.acknowledged < moment.getTime());
    const sentAfter = written.filter(each => each.sent > moment.getTime());
    expect([acknowledgedBefore.length > 8, sentAfter.length > 5]).toEqual([true, true]);
    expect(acknowledgedBefore.filter(({ id }) => !there.has(id))).toEqual([]);
    expect(sentAfter.filter(({ id }) => there.has(id))).toEqual([]);
  }, 120_000);

  it('leaves the copies of other subgraphs exact', async () => {
    const places = async () =>
      Promise.all(
        [moved, movedLater].map(async ({ id }, i) => {
          const { person, organisation } = await get(city, where, { person: people[i], organisation: id });
          return [organisation.division.code, person.division.code];
        }),
      );
    await eventually(async () =>
      expect(await places()).toEqual([
        ['220103', '220103'],
        ['220102', '220102'],
      ]),
    );
    const ids = `where id in ('${moved.id}', '${movedLater.id}') order by id`;
    expect(await rowsOf('hub_people', `select id, division_code from organisation ${ids}`)).toEqual(
      await rowsOf('hub_organisations', `select id, division_code from organisation ${ids}`),
    );
  }, 120_000);

  it('answers a cursor from what was undone FEED_REWOUND, and tells from there on all that is new', async () => {
    const { errors } = await ask(hub.url, await token(city), feed, { after: beyond });
    expect(errors).toMatchObject([{ extensions: { code: 'FEED_REWOUND', cursor: expect.any(String) } }]);
    const later = await enter('恢复之后的企业');
    const cursor = errors![0]!.extensions.cursor as string;
    await eventually(async () => expect((await readOn(cursor)).ids).toContain(later.id));
    const known = new Set((await readOn()).ids);
    expect(known.has(movedLater.id)).toBe(true);
    expect(written.filter(({ id, sent }) => sent > moment.getTime() && known.has(id))).toEqual([]);
    // One from well before the moment goes on.
    expect((await readOn(early)).ids).toContain(later.id);
  }, 120_000);

  it('brings the keys back: tokens signed before are good', async () => {
    expect((await ask(hub.url, keptToken, '{ organisations { totalCount } }')).errors).toBeUndefined();
  });

  it('is restored alone into an empty folder, as of its end', async () => {
    const elsewhere = join(work, 'elsewhere');
    const { code, out } = await run('restore', [backup], elsewhere);
    expect([code, out]).toEqual([0, expect.stringContaining(`Restored to ${elsewhere}`)]);
    expect(await readFile(join(elsewhere, 'identity', 'key.json'))).toEqual(await readFile(join(data, 'identity', 'key.json')));
    const second = await startHub({ dataDirectory: elsewhere, port: 0 });
    try {
      const answer = await ask(second.url, await second.token({ ...city, scopes: allScopes }), where, {
        person: people[0],
        organisation: moved.id,
      });
      expect(answer.data.organisation.division.code).toBe('220102');
    } finally {
      await second.stop();
    }
  }, 120_000);
});

describe('a restore that cannot be done changes nothing', () => {
  const into = () => join(work, 'untouched');
  const refused = async (from: string, ...args: string[]) => {
    const { code, err } = await run('restore', [from, ...args], into());
    expect(code).toBe(1);
    const left = await readdir(into(), { recursive: true }).catch(() => []);
    expect(left.filter(name => !/^(lock|postgres)$/.test(name))).toEqual([]);
    return err;
  };

  const spoilt = async (file: string) => {
    const copy = join(work, `spoilt-${file}`);
    await cp(backup, copy, { recursive: true });
    const opened = await open(join(copy, file), 'r+');
    await opened.write(Buffer.from('x'), 0, 1, Math.floor((await opened.stat()).size / 2));
    await opened.close();
    return copy;
  };

  it.each(['cluster.tar.gz', 'cluster.manifest', 'password'])('where %s of the backup is damaged', async file => {
    expect(await refused(await spoilt(file))).toBe(
      `The backup is damaged: ${file} is not what was written. Nothing was changed.\n`,
    );
  });

  it('where the moment is before the backup, has no zone, or is beyond the log of writes', async () => {
    expect(await refused(backup, '--to', '2020-01-01T00:00:00Z')).toMatch(
      /^This backup ended at \S+, after 2020-01-01T00:00:00Z: take an earlier one/,
    );
    expect(await refused(backup, '--to', '2026-01-31 09:30')).toMatch(/^--to is "2026-01-31 09:30": give a moment with its zone/);
    const future = new Date(Date.now() + 3_600_000).toISOString();
    expect(await refused(backup, '--to', future)).toMatch(
      /^The log of writes that is there ends before that moment, after a change at 2/,
    );
  }, 30_000);

  it('where there is no backup, or its place is taken', async () => {
    expect(await refused(work)).toBe(`${work} is no backup: it has no backup.json.\n`);
    const again = await run('backup', [backup]);
    expect([again.code, again.err]).toEqual([1, `${backup} is not empty: a backup goes into a folder of its own.\n`]);
  });
});

describe('a backup of a hub that does not run', () => {
  it('starts its database for the while', async () => {
    await hub.stop();
    const { code } = await run('backup', [join(work, 'backups', 'second')]);
    expect(code).toBe(0);
    await expect(stat(join(data, 'postgres', 'cluster', 'postmaster.pid'))).rejects.toThrow('ENOENT');
  }, 30_000);
});
