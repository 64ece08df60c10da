import type { ServerResponse } from 'node:http';
import { HubError } from './errors.ts';

/** Aborted when the caller goes away before the answer was sent: what is still being done for it can stop. */
export function departureOf(response: ServerResponse): AbortSignal {
  const departure = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) departure.abort(new HubError('UNAVAILABLE', 'The caller went away before the answer.'));
  });
  return departure.signal;
}
