import { type IncomingHttpHeaders, request as insecurely } from 'node:http';
import { request as securely } from 'node:https';
import { json } from 'node:stream/consumers';

export interface Question {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  /** Milliseconds to the end of the answer. */
  patience: number;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  value: unknown;
}

/**
 * A short exchange in JSON by Node's own HTTP: `fetch` loads a client that takes 14 MB in every process. Rejects where no answer comes
 * in time, or one that is not JSON.
 */
export function askJson(url: URL, { method = 'GET', headers, body, patience }: Question): Promise<Answer> {
  const send = url.protocol === 'https:' ? securely : insecurely;
  return new Promise((resolve, reject) => {
    const request = send(url, { method, headers, signal: AbortSignal.timeout(patience) }, response => {
      json(response).then(value => resolve({ status: response.statusCode!, headers: response.headers, value }), reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}
