import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { createInterface } from 'node:readline';
import { request } from 'undici';
import type { ImportBatch } from './import-report.ts';
import { LaunchFailure, lineOf } from './launch-failure.ts';
import { unreachable } from './unreachable.ts';

export interface ImportRequest {
  url: string;
  ledger: string;
  file: string;
  token: string;
  dryRun: boolean;
  rowByRow: boolean;
  acceptDuplicates: boolean;
  again: boolean;
  progress: (line: string) => void;
}

interface Message {
  progress?: { stage: string; rows?: number; of?: number };
  result?: ImportBatch;
  error?: { code?: string; message?: string };
  errors?: { message?: string; extensions?: { code?: string } }[];
}

const types: Record<string, string> = {
  '.csv': 'text/csv',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Sends a spreadsheet through the hub's door and follows its progress to the result. */
export async function postImport({ url, ledger, file, token, progress, ...manner }: ImportRequest): Promise<ImportBatch> {
  const content = await readFile(file).catch(error => {
    throw new LaunchFailure(
      error.code === 'ENOENT' ? `There is no file ${file}.` : `The file ${file} cannot be read: ${error.message}`,
    );
  });
  const query = new URLSearchParams({ name: basename(file) });
  for (const [flag, value] of Object.entries(manner)) query.set(flag, String(value));
  const response = await request(`${url}/imports/${encodeURIComponent(ledger)}?${query}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/x-ndjson',
      'content-type': types[extname(file).toLowerCase()] ?? 'application/octet-stream',
    },
    body: content,
    // A large file is applied in one transaction, during which there is nothing to report.
    headersTimeout: 0,
    bodyTimeout: 0,
  }).catch(unreachable(url));
  const said: string[] = [];
  try {
    for await (const line of createInterface({ input: response.body })) {
      const message = parse(line);
      if (!message) said.push(line);
      if (message?.progress) progress(progressLine(message.progress));
      if (message?.result) return message.result;
      const error = message?.error ?? message?.errors?.map(({ message, extensions }) => ({ message, code: extensions?.code }))[0];
      if (error) throw new LaunchFailure([error.code, error.message].filter(Boolean).join(': '));
    }
  } catch (error) {
    throw error instanceof LaunchFailure ? error : new LaunchFailure(`The hub stopped answering: ${lineOf(error)}`);
  }
  throw new LaunchFailure(`The hub answered ${response.statusCode} without a result. ${said.join(' ').slice(0, 300)}`.trim());
}

const progressLine = ({ stage, rows, of }: NonNullable<Message['progress']>) =>
  rows === undefined ? stage : `${stage}: ${rows}${of === undefined ? '' : ` of ${of}`} rows`;

function parse(line: string): Message | undefined {
  try {
    return JSON.parse(line) as Message;
  } catch {
    return undefined;
  }
}
