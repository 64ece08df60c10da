// PostGraphile over databases of the hub, each request in the slice that BENCH_SETTINGS says. It verifies no token.
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { acrossDatabases } from './across-databases.js';

const pgSettings = JSON.parse(process.env.BENCH_SETTINGS);
/** One is called "main"; the types of the others begin with their names. */
const databases = Object.entries(JSON.parse(process.env.BENCH_DATABASES));
const pgServices = databases.map(([name, connectionString]) => makePgService({ name, connectionString, schemas: ['public'] }));
const settings = Object.fromEntries(pgServices.map(({ pgSettingsKey }) => [pgSettingsKey, pgSettings]));
const server = postgraphile({
  extends: [PostGraphileAmberPreset],
  plugins: databases.length > 1 ? acrossDatabases : [],
  // The hub orders by columns without an index, too.
  disablePlugins: ['PgIndexBehaviorsPlugin'],
  pgServices,
  grafast: { context: () => settings, explain: false },
  grafserv: { graphqlPath: '/graphql', watch: false, graphiql: false },
}).createServ(grafserv);
const http = createServer();
await server.addTo(http);
http.listen(Number(process.env.PORT), '127.0.0.1');
