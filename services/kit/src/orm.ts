import { AsyncLocalStorage } from 'node:async_hooks';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { Migrator } from '@mikro-orm/migrations';
import {
  type EntityClass,
  type EntityMetadata,
  type Logger,
  MikroORM,
  type Options,
  type PolicyDef,
} from '@mikro-orm/postgresql';
import { HubError } from './errors.ts';
import { literal } from './literal.ts';
import { log } from './log.ts';

/** What everything done for one request shares: its id, and how many statements it has sent. */
export interface UnderWay {
  requestId?: string;
  statements: number;
}

/** The request under way; MikroORM's own contexts do not reach raw statements. */
export const underWay = new AsyncLocalStorage<UnderWay>();

const counting: Logger = {
  log: (_namespace, message) => log.debug(message),
  error: (_namespace, message) => log.error(message),
  warn: (_namespace, message) => log.warn(message),
  logQuery: () => {
    const request = underWay.getStore();
    if (request) request.statements++;
  },
  setDebugMode: () => undefined,
  isEnabled: () => false,
};

/** Ends each statement with its request, for the database's own log and `pg_stat_activity`. The id holds word characters and hyphens only. */
function marked(sql: string): string {
  const requestId = underWay.getStore()?.requestId;
  return requestId ? `${sql} /* request ${requestId} */` : sql;
}

export interface Database {
  /** Folder with the generated migrations. */
  migrations: string;
  entities: EntityClass<any>[];
}

const policies = new Map<unknown, PolicyDef[]>();

/** The policies an entity declares. They are applied as a whole after the migrations (security.ts), so no migration repeats them. */
export const policiesOf = (meta: EntityMetadata): PolicyDef[] => policies.get(meta.class) ?? [];

function withholdPolicies(meta: EntityMetadata) {
  if (meta.policies?.length) policies.set(meta.class, meta.policies);
  meta.policies = [];
  delete meta.rowLevelSecurity;
}

export function ormOptions(url: string, { migrations, entities }: Database): Options {
  return {
    clientUrl: url,
    // A service makes no database: where it is missing, that is what is said.
    ensureDatabase: false,
    entities,
    metadataProvider: ReflectMetadataProvider,
    discovery: { onMetadata: withholdPolicies },
    extensions: [Migrator],
    // A row whose parent is hidden must stay: an automatic join on filters would drop it silently.
    autoJoinRefsForFilters: false,
    forceUndefined: false,
    findOneOrFailHandler: name => new HubError('NOT_FOUND', `No such ${name.toLowerCase()} in your slice.`),
    loggerFactory: () => counting,
    onQuery: marked,
    pool: { min: 0, max: 10 },
    migrations: {
      path: migrations,
      pathTs: migrations,
      emit: 'ts',
      snapshot: true,
      // Read on another connection, it would wait for ever for the tables that a migration has locked.
      snapshotOnMigrate: false,
      snapshotName: '.snapshot',
      transactional: true,
      allOrNothing: true,
    },
    schemaGenerator: { ignoreTriggers: true, ignoreRoutines: true, createForeignKeyConstraints: true },
  };
}

export async function openOrm(url: string, database: Database, more: Options = {}): Promise<MikroORM> {
  const orm = await MikroORM.init({ ...ormOptions(url, database), ...more });
  Object.assign(orm.em.getPlatform(), { escapeLiteral: literal });
  return orm;
}
