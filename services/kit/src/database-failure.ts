/** A database as it may be named: without its password. */
export function databaseIn(url: string): string {
  if (!URL.canParse(url)) return 'an address that cannot be read';
  const { username, host, pathname } = new URL(url);
  return `${decodeURIComponent(pathname.slice(1))} at ${host} as ${decodeURIComponent(username)}`;
}

/** The first line of what went wrong. Of an address with several hosts Node tells only the code. */
export function reasonOf(error: unknown): string {
  const { message, code, errors } = error as NodeJS.ErrnoException & { errors?: Error[] };
  return (message || errors?.[0]?.message || code || String(error)).split('\n')[0]!;
}

/** Rethrows what failed over a database as an operator needs it: which variable, which database, as whom, why. */
export const ofDatabase =
  (variable: string, url: string) =>
  (error: unknown): never => {
    throw new Error(`${variable} (${databaseIn(url)}): ${reasonOf(error)}`, { cause: error });
  };
