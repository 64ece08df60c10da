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
import { log } from './log.ts';

/** How many statements one operation has sent. */
export interface StatementCount {
  statements: number;
}

/** The count of the operation under way; MikroORM's own contexts do not reach raw statements. */
export const counted = new AsyncLocalStorage<StatementCount>();

const counting: Logger = {
  log: (_namespace, message) => log.debug(message),
  error: (_namespace, message) => log.error(message),
  warn: (_namespace, message) => log.warn(message),
  logQuery: () => {
    const count = counted.getStore();
    if (count) count.statements++;
  },
  setDebugMode: () => undefined,
  isEnabled: () => false,
};

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
    entities,
    metadataProvider: ReflectMetadataProvider,
    discovery: { onMetadata: withholdPolicies },
    extensions: [Migrator],
    // A row whose parent is hidden must stay: an automatic join on filters would drop it silently.
    autoJoinRefsForFilters: false,
    forceUndefined: false,
    findOneOrFailHandler: name => new HubError('NOT_FOUND', `No such ${name.toLowerCase()} in your slice.`),
    loggerFactory: () => counting,
    pool: { min: 0, max: 10 },
    migrations: {
      path: migrations,
      pathTs: migrations,
      emit: 'ts',
      snapshot: true,
      snapshotName: '.snapshot',
      transactional: true,
      allOrNothing: true,
    },
    schemaGenerator: { ignoreTriggers: true, ignoreRoutines: true, createForeignKeyConstraints: true },
  };
}

export const openOrm = (url: string, database: Database) => MikroORM.init(ormOptions(url, database));
