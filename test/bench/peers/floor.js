// The floor: the fetches that Apollo's gateway was seen to send, sent again as bytes and their answers joined. No GraphQL at all.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Pool } from 'undici';

/** Operation text to its steps; the fetches of a step go out together. */
const recorded = new Map(JSON.parse(readFileSync(process.env.BENCH_FETCHES, 'utf8')));
const pools = new Map();
const poolOf = url => {
  if (!pools.has(url)) pools.set(url, new Pool(url, { connections: 64 }));
  return pools.get(url);
};

async function send({ origin, path, body }, authorization) {
  const headers = { 'content-type': 'application/json', authorization };
  const answer = await poolOf(origin).request({ method: 'POST', path, headers, body });
  return Buffer.from(await answer.body.arrayBuffer());
}

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const steps = recorded.get(JSON.parse(Buffer.concat(chunks)).query) ?? [];
  const answers = [];
  for (const step of steps) answers.push(...(await Promise.all(step.map(fetch => send(fetch, request.headers.authorization)))));
  response.setHeader('content-type', 'application/json');
  response.end(Buffer.concat(answers));
});
server.listen(Number(process.env.PORT), '127.0.0.1');
