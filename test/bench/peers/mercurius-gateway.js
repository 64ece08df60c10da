// Mercurius with compiled execution. It knows federation 1 only, so it is given the SDL as that has it.
import { readFileSync } from 'node:fs';
import gateway from '@mercuriusjs/gateway';
import Fastify from 'fastify';

const subgraphs = JSON.parse(readFileSync(process.env.BENCH_SUBGRAPHS, 'utf8'));
const app = Fastify();
app.register(gateway, {
  jit: 1,
  gateway: {
    services: subgraphs.map(({ name, url, typeDefs }) => ({
      name,
      url,
      schema: typeDefs,
      mandatory: true,
      rewriteHeaders: headers => ({ authorization: headers?.authorization }),
    })),
  },
});
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
