import { randomBytes } from 'node:crypto';
import { Lru } from '../lru.ts';

/** A statement that travels alone or with others. */
export interface Statement {
  sql: string;
  /** As SQL, what stands for `$1`, `$2` … in it. */
  values?: readonly string[];
}

/** A statement as one connection is sent it. */
interface Entry {
  sql: string;
  /** How many results PostgreSQL gives for it; its rows are in the last. */
  results: number;
  /** To be called when it has been run. */
  keep?: () => void;
}

/** Statements a connection keeps, each with a plan of some hundred kilobytes; and among how many a statement has to come again to be prepared. */
const most = 100;
const seen = new Lru<string, true>(most);
const prepared = new WeakMap<object, Map<string, string>>();
let last = 0;
/** Of this process: behind a pooler that hands connections round, another's statement of the same name would answer in place of ours. */
const mine = randomBytes(4).toString('hex');

const namesOf = (connection: object) => {
  const names = prepared.get(connection) ?? new Map<string, string>();
  prepared.set(connection, names);
  return names;
};

/** A statement with its values in it. */
export const filled = ({ sql, values }: Statement): string =>
  values ? sql.replace(/\$(\d+)/g, (_, place) => values[place - 1]!) : sql;

/**
 * To plan a statement under row security takes PostgreSQL as long as to run it. One that comes again is prepared in its connection, by
 * SQL and not by the protocol, so that it still travels with others. PostgreSQL plans it anew when the role is another.
 */
export function entryFor(connection: object, statement: Statement): Entry {
  const { sql, values } = statement;
  if (!values) return { sql, results: 1 };
  const names = namesOf(connection);
  const known = names.get(sql);
  const execute = (name: string) => `execute ${name}(${values.join(', ')})`;
  if (known) {
    // A Map remembers the order in which keys were set: the last to be used goes last.
    names.delete(sql);
    names.set(sql, known);
    return { sql: execute(known), results: 1 };
  }
  const isNew = !seen.get(sql);
  seen.set(sql, true);
  if (isNew) return { sql: filled(statement), results: 1 };
  // A name of its own for each try: what became of one that failed nobody knows.
  const name = `hub_${mine}_${++last}`;
  const keep = () => {
    // Asked for twice in one message it was prepared twice: the first goes when the oldest go.
    const twin = names.get(sql);
    if (twin) names.set(twin, twin);
    names.set(sql, name);
  };
  return { sql: `prepare ${name} as ${sql};\n${execute(name)}`, results: 2, keep };
}

/** What a connection is told when an operation is over; after a failure it forgets all that was prepared, which may be at fault. */
export function farewell(connection: object, hasFailed: boolean): string {
  const names = namesOf(connection);
  if (hasFailed) {
    names.clear();
    return 'rollback;\ndeallocate all';
  }
  const surplus = [...names].slice(0, Math.max(0, names.size - most));
  for (const [sql] of surplus) names.delete(sql);
  return ['rollback', ...surplus.map(([, name]) => `deallocate ${name}`)].join(';\n');
}
