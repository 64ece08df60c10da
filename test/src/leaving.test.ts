import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { leavingHeader } from '@hub/kit/leaving-header';
import { aDonation } from '@hub/programs/factories';
import { programs } from '@hub/programs/subgraph';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { eventually } from './eventually.ts';
import { type TestService, testService } from './test-service.ts';
import { county, testToken } from './test-tokens.ts';

const viewer = county('220102');
const create = 'mutation ($input: CreateDonation!) { createDonation(input: $input) { id } }';

let service: TestService;
let owner: pg.Client;
beforeAll(async () => {
  service = await testService(programs);
  owner = new pg.Client({ connectionString: service.database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await service.stop();
});

async function connected(): Promise<Socket> {
  const socket = connect(service.port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

/** One request on a connection, and all that comes until it ends. */
async function last(socket: Socket, path: string, body = ''): Promise<string> {
  const head = `${body ? 'POST' : 'GET'} ${path} HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer ${await testToken(viewer)}\r\n`;
  socket.write(`${head}Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  return answer;
}

it('a subgraph that is told to stop ends what is under way and refuses the rest before anything of it is done', async () => {
  const donate = (recipient: string) =>
    JSON.stringify({ query: create, variables: { input: aDonation({ divisionCode: '220102', recipient }) } });
  const kept = await Promise.all([connected(), connected()]);
  await owner.query('begin; lock table donation in share mode');
  const underWay = service.ask(viewer, create, { input: aDonation({ divisionCode: '220102', recipient: '先到' }) });
  await eventually(async () => {
    const { rows } = await owner.query(`select 1 from pg_stat_activity where datname = $1 and wait_event_type = 'Lock'`, [
      service.database.name,
    ]);
    expect(rows).toHaveLength(1);
  });
  const leaving = service.leave();
  const [refused, ready] = await Promise.all([last(kept[0]!, '/graphql', donate('后到')), last(kept[1]!, '/readyz')]);
  expect(refused).toMatch(new RegExp(`^HTTP/1.1 503 .*\r\n${leavingHeader}: 1\r\n.*nothing was done`, 's'));
  expect([refused, ready]).toEqual([
    expect.stringMatching(/\r\nconnection: close\r\n/i),
    expect.stringMatching(/^HTTP\/1.1 503 /),
  ]);
  await leaving;
  await expect(connected()).rejects.toThrow('ECONNREFUSED');
  await owner.query('commit');
  expect((await underWay).errors).toBeUndefined();
  const { rows } = await owner.query(`select recipient from donation where recipient in ('先到', '后到')`);
  expect(rows).toEqual([{ recipient: '先到' }]);
});
