// The four subgraphs of the shop in one fast process: plain HTTP and compiled execution, so that the gateways are what is measured.
import { createServer } from 'node:http';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { compileQuery } from 'graphql-jit';
import { shopResolvers } from '../shop/resolvers.ts';
import { federation2, shopTypeDefs } from '../shop/schema.ts';

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks));
}

/** Answers GraphQL with every operation compiled once. */
function answering(schema) {
  const compiled = new Map();
  return async ({ query, variables, operationName }) => {
    const key = `${operationName} ${query}`;
    let operation = compiled.get(key);
    if (!operation) {
      operation = compileQuery(schema, parse(query), operationName ?? undefined, { customJSONSerializer: true });
      if (!('query' in operation)) return { text: JSON.stringify(operation), isClean: false };
      compiled.set(key, operation);
    }
    const answer = await operation.query({}, {}, variables ?? {});
    return { text: operation.stringify(answer), isClean: !answer.errors };
  };
}

async function serve([name, typeDefs]) {
  const answer = answering(buildSubgraphSchema([{ typeDefs: parse(federation2(typeDefs)), resolvers: shopResolvers[name] }]));
  const server = createServer(async (request, response) => {
    // The hub's gateway asks whether its subgraphs are ready.
    if (request.method === 'GET') return response.end('{"status":"ready"}');
    const { text, isClean } = await answer(await bodyOf(request)).catch(error => ({ text: String(error), isClean: false }));
    response.setHeader('content-type', 'application/json');
    // As the hub's own subgraphs say it: nothing failed, every value is completed.
    if (isClean) response.setHeader('x-hub-clean', '1');
    response.end(text);
  });
  server.keepAliveTimeout = 65_000;
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return [name, `http://127.0.0.1:${server.address().port}`];
}

const urls = Object.fromEntries(await Promise.all(Object.entries(shopTypeDefs).map(serve)));
const { supergraphSdl, errors } = composeServices(
  Object.entries(shopTypeDefs).map(([name, typeDefs]) => ({
    name,
    typeDefs: parse(federation2(typeDefs)),
    url: `${urls[name]}/graphql`,
  })),
);
if (!supergraphSdl) throw new Error(errors.map(String).join('\n'));
process.once('disconnect', () => process.exit());
process.send({ ready: { urls, supergraphSdl } });
