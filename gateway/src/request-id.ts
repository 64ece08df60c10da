import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { requestIdIn } from '@hub/kit/request-id';

/** The id of the request being served, where no context reaches (the formatting of errors). */
export const currentRequestId = new AsyncLocalStorage<string>();

/** The gateway's own, always: in the audit nobody can give two requests one id, or take another's. */
export const newRequestId = (): string => randomUUID();

/** What the client calls its request; it stands beside ours. */
export const clientRequestIdOf = ({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined =>
  requestIdIn(headers['x-request-id']);
