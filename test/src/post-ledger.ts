import type { TokenClaims } from '@hub/identity/sign-token';
import type { TestHub } from './test-hub.ts';

export interface Posted {
  status: number;
  /** What became of the file; undefined where it was refused. */
  batch?: any;
  error?: { code: string; message: string } & Record<string, unknown>;
}

export interface Posting {
  /** After the ledger's name, such as `dryRun&again`. */
  query?: string;
  headers?: Record<string, string>;
}

/** Sends a file through the door, as a program or a browser does. */
export async function postLedger(
  hub: TestHub,
  claims: TokenClaims,
  ledger: string,
  file: string | Uint8Array<ArrayBuffer>,
  { query = '', headers }: Posting = {},
): Promise<Posted> {
  const response = await fetch(`${hub.url}/imports/${ledger}?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await hub.token(claims)}`, 'content-type': 'application/octet-stream', ...headers },
    body: file,
  });
  const body = (await response.json()) as { import?: unknown; errors?: { message: string; extensions: { code: string } }[] };
  const [error] = body.errors ?? [];
  return {
    status: response.status,
    batch: body.import,
    ...(error && { error: { message: error.message, ...error.extensions } }),
  };
}

/** Rows as a CSV file. */
export const csv = (...rows: (string | number)[][]): string => rows.map(row => `${row.join(',')}\r\n`).join('');
