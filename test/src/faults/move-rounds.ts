import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { services } from '@hub/launcher/layout';
import { type Hub, startHub } from '@hub/launcher/start-hub';
import { aCreditCode } from '@hub/organisations/factories';
import { createDirectory } from '@hub/postgres/data-directory';
import { passwordsOf } from '@hub/postgres/passwords';
import { provision } from '@hub/postgres/provision';
import { startPostgres } from '@hub/postgres/start-postgres';
import { csv } from '../post-ledger.ts';
import { ask } from '../test-service.ts';
import { allScopes } from '../test-tokens.ts';
import { compared, type Fault, secondsSince } from './fault.ts';

const city = { role: 'COMMITTEE' as const, division: '220100', scopes: [...allScopes, 'people:personal'], minutes: 60 };
const enterprises = 10;
const perEnterprise = 150;
/** Long enough for a copy to come right; longer is a copy that differs. */
const patience = 10_000;

async function asCity<T>(hub: Hub, query: string, variables: object): Promise<T> {
  const { data, errors } = await ask(hub.url, await hub.token(city), query, variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return data as T;
}

interface Place {
  id: string;
  version: number;
  division: { code: string };
  people: { totalCount: number; nodes: { phone: string; division: { code: string } }[] };
}

/** One after the other: one viewer has only so many operations under way. */
async function placesOf(hub: Hub, codes: string[]): Promise<Place[]> {
  const query = `query ($c: String!) { organisation(creditCode: $c) { id version division { code } people(first: 200) { totalCount nodes { phone division { code } } } } }`;
  const places: Place[] = [];
  for (const code of codes) places.push((await asCity<{ organisation: Place }>(hub, query, { c: code })).organisation);
  return places;
}
const strays = (places: Place[]) =>
  places.flatMap(({ division, people }) => people.nodes.filter(person => person.division.code !== division.code)).length;

/** A ledger of people comes in while their organisations move: the copies, in another server, have to come right. */
async function round(hub: Hub, number: number) {
  const post = async (ledger: string, body: string) => {
    const authorization = `Bearer ${await hub.token(city)}`;
    const response = await fetch(`${hub.url}/imports/${ledger}`, { method: 'POST', headers: { authorization }, body });
    return ((await response.json()) as any).import?.state;
  };
  const codes = Array.from({ length: enterprises }, aCreditCode);
  const header = ['统一社会信用代码', '企业名称', '属地'];
  await post('organisations', csv(header, ...codes.map((code, i) => [code, `第${number}轮${i}号有限公司`, '220102'])));
  const phones = codes.flatMap((_, i) =>
    Array.from({ length: perEnterprise }, (_, j) => `1${3_000_000_000 + number * 10_000 + i * 500 + j}`),
  );
  const rows = phones.map((phone, i) => [`人${number}之${i}`, phone, codes[Math.floor(i / perEnterprise)]!]);
  const importing = post('members', csv(['姓名', '联系电话', '所在企业信用代码'], ...rows));
  const move = `mutation ($input: MoveOrganisation!) { moveOrganisation(input: $input) { id } }`;
  for (const { id, version } of await placesOf(hub, codes))
    await asCity(hub, move, {
      input: { id, expectedVersion: version, divisionCode: '220103', movedOn: '2026-01-05', reason: '注册地变更' },
    });
  const state = await importing;
  const start = performance.now();
  let places = await placesOf(hub, codes);
  while (strays(places) > 0 && performance.now() - start < patience) places = await placesOf(hub, codes);
  const there = places.flatMap(({ people }) => people.nodes.map(({ phone }) => phone));
  return { promised: state === 'APPLIED' ? phones : [], there, copies: strays(places), comeBack: secondsSince(start) };
}

/** Organisations on one server and everything else on another. */
export async function moveRounds(rounds: number): Promise<Fault> {
  const directories = await Promise.all([0, 1].map(async i => createDirectory(await mkdtemp(join(tmpdir(), `hub-moves-${i}-`)))));
  const servers = await Promise.all(directories.map(each => startPostgres({ dataDirectory: join(each, 'database') })));
  try {
    const homes = await Promise.all(servers.map(({ adminUrl }) => provision(adminUrl, services, passwordsOf(adminUrl))));
    for (const name of services) {
      const { databaseUrl, migrateUrl } = homes[name === 'organisations' ? 0 : 1]![name];
      process.env[`DATABASE_URL_${name.toUpperCase()}`] = databaseUrl;
      process.env[`MIGRATE_URL_${name.toUpperCase()}`] = migrateUrl;
    }
    const hub = await startHub({ dataDirectory: join(directories[0]!, 'hub'), port: 0 });
    try {
      const all = [];
      for (let number = 1; number <= rounds; number++) all.push(await round(hub, number));
      return {
        name: 'a server for organisations alone: ten of them move while 1,500 of their people are imported',
        rounds,
        ...compared(
          all.flatMap(({ promised }) => promised),
          all.flatMap(({ there }) => there),
        ),
        failedOfOthers: 0,
        copies: all.reduce((sum, { copies }) => sum + copies, 0),
        comeBack: all.map(({ comeBack }) => comeBack),
      };
    } finally {
      await hub.stop();
    }
  } finally {
    for (const name of services)
      for (const kind of ['DATABASE', 'MIGRATE']) delete process.env[`${kind}_URL_${name.toUpperCase()}`];
    await Promise.all(servers.map(server => server.stop()));
    await Promise.all(directories.map(each => rm(each, { recursive: true, force: true })));
  }
}
