import { addressesIn } from '@hub/kit/env';
import { reachedNobody, wasCut } from '@hub/kit/reached-nobody';
import { BalancedPool, type Dispatcher, interceptors } from 'undici';

const between = 100;
const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * The way to the identity service, served by one process or several: what reached nobody is sent again for so many milliseconds, and what
 * only reads is where its connection was cut, so that a process that is started again is not felt.
 */
export function identityPool(urls: string, milliseconds: number): Dispatcher {
  const addresses = addressesIn(urls);
  const pool = new BalancedPool(addresses, {
    connections: 64,
    keepAliveTimeout: 30_000,
    headersTimeout: 20_000,
    bodyTimeout: 20_000,
  });
  return pool.compose(
    interceptors.retry({
      statusCodes: [],
      retry: (error, { state, opts }, done) => {
        const again = reachedNobody(error) || (reading.has(opts.method) && wasCut(error));
        if (!again || state.counter * between > milliseconds) return done(error);
        // Another process first, at once; then whichever is back.
        setTimeout(() => done(null), state.counter < addresses.length ? 0 : between);
      },
    }),
  );
}
