import type { MikroORM } from '@mikro-orm/postgresql';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Following } from './follow.ts';
import { underWay } from './orm.ts';
import type { NotFollowed } from './service-token.ts';

/** A service as its operator sees it; nothing of whose data it holds. */
export interface ServiceStatus {
  /** Version of PostgreSQL, and connections of this process to it. */
  database: { version: string; connections: number; waiting: number };
  /** The last migration the database has seen, and how many. */
  migrations: { applied: number; last: string | null };
  /** The feeds it follows: seconds since each was last read to its end, null before the first time; and why it is not read, if so. */
  feeds: { name: string; lag: number | null; why: NotFollowed | null }[];
}

interface Observed {
  orm: MikroORM;
  following: readonly Following[];
}

const poolOf = (orm: MikroORM) => orm.em.getConnection().getNativeClient();

async function serviceStatus({ orm, following }: Observed): Promise<ServiceStatus> {
  const { totalCount, waitingCount } = await poolOf(orm);
  const [row] = await orm.em
    .fork()
    .execute<{ version: string; mark: string | null }[]>(
      `select current_setting('server_version') as version, obj_description(oid, 'pg_class') as mark from pg_class where oid = 'mikro_orm_migrations'::regclass`,
    );
  const [, applied, last] = /^(\d+) (.+)$/.exec(row?.mark ?? '') ?? [];
  return {
    database: { version: row!.version, connections: totalCount, waiting: waitingCount },
    migrations: { applied: Number(applied ?? 0), last: last ?? null },
    feeds: following.map(({ name, lag, why }) => ({ name, lag: lag(), why: why() })),
  };
}

/** `/metrics` for Prometheus and `/status` for the gateway. They show no row; the network of the services decides who may ask. */
export function serveObservation(app: FastifyInstance, service: string, observed: Observed): void {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const own = { registers: [registry] };
  const { orm, following } = observed;
  const seconds = new Histogram({
    name: 'hub_service_operation_duration_seconds',
    help: 'Time of an operation in this service.',
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    ...own,
  });
  const statements = new Histogram({
    name: 'hub_service_operation_statements',
    help: 'SQL statements of an operation in this service.',
    buckets: [1, 2, 4, 8, 16, 32, 64],
    ...own,
  });
  new Gauge({
    name: 'hub_pool_connections',
    help: 'Connections to the database, and requests that wait for one, by state (all, idle, waiting).',
    labelNames: ['state'],
    ...own,
    async collect() {
      const { totalCount, idleCount, waitingCount } = await poolOf(orm);
      this.set({ state: 'all' }, totalCount);
      this.set({ state: 'idle' }, idleCount);
      this.set({ state: 'waiting' }, waitingCount);
    },
  });
  new Gauge({
    name: 'hub_feed_lag_seconds',
    help: 'Seconds since a feed of another subgraph was last read to its end.',
    labelNames: ['feed'],
    ...own,
    collect() {
      for (const { name, lag } of following) this.set({ feed: name }, lag() ?? Number.NaN);
    },
  });
  app.addHook('onResponse', async (request, reply) => {
    if (request.routeOptions.url !== '/graphql') return;
    seconds.observe(reply.elapsedTime / 1000);
    statements.observe(underWay.getStore()?.statements ?? 0);
  });
  app.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
  app.get('/status', () => serviceStatus(observed));
}
