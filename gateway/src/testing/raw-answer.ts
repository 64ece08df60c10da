import { bearer } from './tokens.ts';

export interface RawRequest {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string;
}

const meaningful = [
  'allow',
  'cache-control',
  'content-type',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
  'retry-after',
  'www-authenticate',
  'x-hub-statements',
];

/** All that a client can read of an answer, but for the time and the id of its request. */
export async function rawAnswer(url: string, { method = 'POST', path = '/graphql', headers = {}, body }: RawRequest) {
  const sent = body === undefined ? {} : { body };
  const response = await fetch(url + path, {
    method,
    headers,
    redirect: 'manual',
    ...sent,
  });
  return {
    status: response.status,
    headers: meaningful.map(name => [name, flowing.includes(name) ? response.headers.has(name) : response.headers.get(name)]),
    text: (await response.text())
      .replaceAll(response.headers.get('x-request-id') ?? '-', 'its-id')
      .replace(/"remaining":\d+,"resetsAt":"[^"]*"/, '"remaining":0,"resetsAt":""'),
  };
}

/** What flows back while an answer is made. */
const flowing = ['ratelimit-remaining', 'ratelimit-reset'];

let people = 0;

/** The headers of somebody who has asked nothing before, and so has spent nothing. */
export const aNewcomer = async (scope?: string, viewer: { role?: string; organisation?: string } = {}) => ({
  'content-type': 'application/json',
  authorization: await bearer(scope, '5m', { actor: `newcomer-${people++}`, ...viewer }),
});
