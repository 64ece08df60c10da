import { request } from 'undici';
import type { ImportBatch } from './import-report.ts';
import { LaunchFailure } from './launch-failure.ts';
import { unreachable } from './unreachable.ts';

export interface RevertRequest {
  url: string;
  ledger: string;
  token: string;
  /** Of the import. */
  id: string;
  reason: string;
  withDependants: boolean;
}

interface Answer {
  import?: ImportBatch;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** Has the hub take an import back. */
export async function postRevert({ url, ledger, token, id, reason, withDependants }: RevertRequest): Promise<ImportBatch> {
  const query = new URLSearchParams({ reason, withDependants: String(withDependants) });
  const { body, statusCode } = await request(
    `${url}/imports/${encodeURIComponent(ledger)}/${encodeURIComponent(id)}/revert?${query}`,
    { method: 'POST', headers: { authorization: `Bearer ${token}` }, headersTimeout: 0 },
  ).catch(unreachable(url));
  const answer = (await body.json()) as Answer;
  if (answer.import) return answer.import;
  const [error] = answer.errors ?? [];
  throw new LaunchFailure(error ? `${error.extensions?.code}: ${error.message}` : `The hub answered ${statusCode}.`);
}
