// PostGraphile over one of the hub's databases, each request in the slice that BENCH_SETTINGS says. It verifies no token.
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';

const pgSettings = JSON.parse(process.env.BENCH_SETTINGS);
const server = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString: process.env.BENCH_DATABASE, schemas: ['public'] })],
  grafast: { context: () => ({ pgSettings }), explain: false },
  grafserv: { graphqlPath: '/graphql', watch: false, graphiql: false },
}).createServ(grafserv);
const http = createServer();
await server.addTo(http);
http.listen(Number(process.env.PORT), '127.0.0.1');
