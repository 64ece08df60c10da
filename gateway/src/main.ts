import './no-telemetry.ts';
import './collect-late.ts';
import { collectStart } from '@hub/kit/collect-start';
import { wholeEnvironment } from '@hub/kit/late-environment';
import { startTracing } from '@hub/kit/tracing';
import { gatewayOptions } from './environment.ts';
import { followSupergraph } from './follow-supergraph.ts';
import { startGateway } from './gateway.ts';
import { waitForSubgraphs } from './wait-for-subgraphs.ts';

const leaving = new AbortController();
const leave = () => leaving.abort();
process.once('SIGTERM', leave).once('SIGINT', leave).once('disconnect', leave);

try {
  await wholeEnvironment();
  const options = await gatewayOptions();
  await waitForSubgraphs(options.subgraphs, options.log, leaving.signal, options.awayMs);
  if (!leaving.signal.aborted) {
    const endTracing = await startTracing('gateway');
    const gateway = await startGateway(options);
    process.send?.({ ready: { port: gateway.port, operatorsUrl: gateway.operatorsUrl } });
    collectStart();
    followSupergraph(String(options.supergraphFile), gateway, leaving.signal);
    options.log.info({ port: gateway.port }, 'gateway is ready');
    if (!leaving.signal.aborted) await new Promise(resolve => leaving.signal.addEventListener('abort', resolve));
    await gateway.leave(options.drainMs);
    await gateway.stop();
    await endTracing().catch(() => undefined);
  }
  process.exit(0);
} catch (error) {
  process.stderr.write(`gateway: ${complaint(error)}\n`);
  process.exit(1);
}

/** One line for the operator, whatever went wrong. */
function complaint(error: unknown): string {
  const { code, message, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `port ${port} is in use: stop the other program or set HUB_PORT or HUB_OPERATORS_PORT.`;
  if (code === 'EACCES') return `port ${port} may not be opened: set HUB_PORT to 1024 or above.`;
  return (message ?? String(error)).replace(/:\s*\n\s*/, ': ').replace(/\s*\n\s*/g, '; ');
}
