import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, setDefaultCACertificates } from 'node:tls';
import { Application, strongPassword } from '@hub/identity/test-identity';
import { freePort } from '@hub/launcher/free-port';
import { services } from '@hub/launcher/layout';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type HubApart, hubApart } from '../apart.ts';
import { donationsOf, goingLoad } from '../going-load.ts';
import { manyOrganisations } from '../many-organisations.ts';
import { county } from '../test-tokens.ts';
import { caddy, makeCertificate, nginx, type RunningProxy } from './proxy.ts';

// The examples of docs/deploy, by the nginx and the Caddy of this machine: `npm run proxies`.

let directory: string;
let port: number;
let url: string;
let hub: HubApart;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hub-proxies-'));
  setDefaultCACertificates([makeCertificate(directory)]);
  port = await freePort('127.0.0.1');
  url = `https://localhost:${port}`;
  hub = await hubApart(url, { HUB_TRUSTED_PROXIES: '127.0.0.1', HUB_DRAIN_MS: '3000', HUB_BODY_MS: '2000' });
  for (const name of services) await hub.serving[name][0].start();
  await Promise.all(hub.gateways.map(each => each.start()));
}, 600_000);
afterAll(async () => {
  await hub?.stop();
  await rm(directory, { recursive: true, force: true });
});

/** Somebody signs in by a browser; the first time with the one-time password that the identity service printed. */
async function signIn(oneTime: string | undefined): Promise<string> {
  const app = new Application(url);
  const page = await app.begin();
  const signedIn = await app.post(page.url, 'sign-in', { loginName: 'admin', password: oneTime ?? strongPassword });
  const end = oneTime ? await app.post(page.url, 'password', { password: strongPassword, again: strongPassword }) : signedIn;
  return (await app.exchange(end.url)).access_token;
}

let oneTime: string | undefined;
const token = () => hub.token(county('220102'));

async function ask(query: string, authorization: string) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${authorization}` },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as any;
}

describe.each([
  ['nginx', nginx],
  ['Caddy', caddy],
])('docs/deploy with %s, before two gateways', (_name, start) => {
  let proxy: RunningProxy;
  beforeEach(async () => {
    proxy = await start({ directory, port, gateways: [hub.gateways[0].url, hub.gateways[1].url] });
  });
  afterEach(() => proxy?.stop());

  it('lets people sign in, and answers what they ask', async () => {
    oneTime ??= /one-time password: (\S+)/.exec(hub.serving.identity[0].printed())?.[1];
    const isFirst = start === nginx;
    const mine = await signIn(isFirst ? oneTime : undefined);
    expect((await ask('{ division(code: "220102") { name } }', mine)).data).toEqual({ division: { name: '南关区' } });
  });

  it('leaves a body that drips to the limits of the hub', async () => {
    const authorization = await token();
    const socket = connect({ host: '127.0.0.1', port, servername: 'localhost' });
    const head = `POST /graphql HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${authorization}\r\nContent-Type: application/json\r\nContent-Length: 60\r\n\r\n`;
    socket.write(head);
    const dripping = setInterval(() => socket.write(' '), 100);
    let answer = '';
    for await (const chunk of socket) {
      answer += chunk;
      if (answer.includes('LIMIT_EXCEEDED')) break;
    }
    clearInterval(dripping);
    socket.destroy();
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('tells the progress of an import line by line', async () => {
    const response = await fetch(`${url}/imports/organisations?name=${_name}.csv`, {
      method: 'POST',
      body: `${manyOrganisations(500, ['220102'])}${'\n'.repeat(_name.length)}`,
      headers: { authorization: `Bearer ${await token()}`, accept: 'application/x-ndjson', 'content-type': 'text/csv' },
    });
    const lines = (await response.text()).trim().split('\n');
    expect(lines.length).toBeGreaterThan(1);
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ result: { state: 'APPLIED', rowCount: 500 } });
  });

  it('fails no request while each gateway is restarted in turn', async () => {
    const load = goingLoad(url, token);
    await load.more();
    for (const gateway of hub.gateways) {
      await gateway.stop();
      await gateway.start();
      await load.more();
    }
    const { failed, donated, round } = await load.stop();
    expect(failed).toEqual([]);
    expect(await donationsOf(hub.databases.programs, round)).toEqual(donated.toSorted());
  }, 600_000);
});
