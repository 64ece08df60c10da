import type { Run } from './administrator.ts';
import { ownerOf } from './hub-roles.ts';

export interface Administrator {
  name: string;
  isSuper: boolean;
  rolcreaterole: boolean;
  rolcreatedb: boolean;
}

export async function administratorOf(run: Run): Promise<Administrator> {
  const [me] = await run<Administrator>(
    `select rolname as name, rolsuper as "isSuper", rolcreaterole, rolcreatedb from pg_roles where rolname = current_user`,
  );
  return me!;
}

/**
 * Works with the rights of the databases' owners. A superuser has them; another administrator takes them only while it works, so that
 * its everyday login reads no data.
 */
export async function asOwners(
  run: Run,
  me: Administrator,
  services: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  if (me.isSuper) return work();
  const quoted = `"${me.name.replaceAll('"', '""')}"`;
  const taken: string[] = [];
  try {
    for (const owner of services.map(ownerOf)) {
      const got = await run(`grant ${owner} to ${quoted} with inherit true, set true`).then(
        () => true,
        () => false,
      );
      if (got) taken.push(owner);
    }
    await work();
  } finally {
    for (const owner of taken) await run(`revoke ${owner} from ${quoted}`);
  }
}
