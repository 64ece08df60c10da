import { connect } from 'node:net';
import { eventually } from '@hub/test/eventually';
import { expect, it } from '@jest/globals';
import { imaginedHub } from './testing/imagined-hub.ts';
import { bearer } from './testing/tokens.ts';

it('a gateway that is stopping answers what still comes on an open connection, and then closes it', async () => {
  const hub = await imaginedHub({ deadlineMs: 3_000 });
  const authorization = await bearer();
  const request = (query: string) => {
    const body = JSON.stringify({ query });
    return `POST /graphql HTTP/1.1\r\nHost: hub\r\nAuthorization: ${authorization}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  };
  const socket = connect(Number(new URL(hub.url).port), '127.0.0.1');
  let answers = '';
  socket.on('data', chunk => {
    answers += chunk;
  });
  socket.write(request('{ trouble(kind: "hang") }'));
  await eventually(() => expect(hub.seen.headers.length).toBe(1));
  const stopping = hub.stop();
  socket.write(request('{ places { id } }'));
  await eventually(() => expect(socket.closed).toBe(true));
  await stopping;
  const [, ...each] = answers.split('HTTP/1.1 ');
  expect(each.map(text => text.slice(0, 3))).toEqual(['200', '200']);
  expect(each[1]).toMatch(/connection: close/i);
  expect(answers).not.toContain('FST_');
});
