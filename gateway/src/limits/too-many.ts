import { HeaderMap } from '@apollo/server';
import { HubError } from '@hub/kit/errors';

/** A refusal that time heals. It carries the status and `Retry-After` of its answer, inside an operation and outside. */
export class TooMany extends HubError {
  readonly httpStatus: 429 | 503;
  readonly seconds: number;

  constructor(httpStatus: 429 | 503, message: string, { milliseconds, ...extensions }: { milliseconds: number; reason: string }) {
    const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
    const headers = new HeaderMap([['retry-after', String(seconds)]]);
    const code = httpStatus === 429 ? 'LIMIT_EXCEEDED' : 'UNAVAILABLE';
    super(code, message, { ...extensions, retryable: true, http: { status: httpStatus, headers } });
    this.httpStatus = httpStatus;
    this.seconds = seconds;
  }
}
