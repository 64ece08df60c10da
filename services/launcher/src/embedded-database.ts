import { join } from 'node:path';
import { passwordsOf } from '@hub/postgres/passwords';
import { provision, type ServiceUrls } from '@hub/postgres/provision';
import type { Ready } from './child.ts';
import type { Family } from './family.ts';
import { type Service, services } from './layout.ts';

export const postgresDirectory = (dataDirectory: string) => join(dataDirectory, 'postgres');

/** Starts the database the hub brings with it and makes the services' databases. */
export async function startEmbedded(
  family: Family,
  entry: string,
  dataDirectory: string,
  durable: boolean,
  progress: (line: string) => void,
): Promise<Record<Service, ServiceUrls>> {
  const args = [postgresDirectory(dataDirectory), ...(durable ? [] : ['--not-durable'])];
  const again = ({ adminUrl }: Ready) => ({ args: [...args, '--port', new URL(adminUrl!).port] });
  const [ready] = await family.start([{ name: 'postgres', entry, args, again, patience: 40_000 }]);
  if (ready!.notice) progress(ready!.notice);
  const adminUrl = ready!.adminUrl!;
  return provision(adminUrl, services, passwordsOf(adminUrl));
}
