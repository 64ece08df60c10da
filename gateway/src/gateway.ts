import './no-telemetry.ts';
import { ApolloGateway } from '@apollo/gateway';
import { addressesIn } from '@hub/kit/env';
import { takingLeave } from '@hub/kit/taking-leave';
import { pino } from 'pino';
import { admission, admitOperations } from './admission.ts';
import { serveApiSchema } from './api-schema.ts';
import { apolloServer, quiet } from './apollo-server.ts';
import { defaultBreaker } from './breaker.ts';
import { TrustedDocuments } from './documents/trusted-documents.ts';
import { warmPlans } from './documents/warm-plans.ts';
import { door } from './door.ts';
import { HubGateway } from './executor/hub-gateway.ts';
import { WeighedGateway } from './executor/weighed-gateway.ts';
import { serveExplorer } from './explorer.ts';
import type { GatewayOptions, RunningGateway } from './gateway-options.ts';
import { serveGraphQL, statusByCode } from './graphql-route.ts';
import { serveHealth } from './health.ts';
import { httpServer } from './http-server.ts';
import { serveIdentity } from './identity-proxy.ts';
import { importRoom } from './imports/room.ts';
import { serveImports } from './imports/route.ts';
import { knownAnswers } from './known/answer-known.ts';
import { KnownOperations, learnOperations } from './known/known-operations.ts';
import { Budget } from './limits/budget.ts';
import { charging, weighing } from './limits/charge.ts';
import { Concurrency } from './limits/concurrency.ts';
import { EventLoopLag } from './limits/event-loop-lag.ts';
import { countRefusals, Pace } from './limits/pace.ts';
import { passage } from './limits/passage.ts';
import { defaultLimits } from './limits/settings.ts';
import { Shed } from './limits/shed.ts';
import { untaken, watchAnswers } from './limits/untaken.ts';
import { followLoaded } from './loaded.ts';
import { errorMask } from './mask-error.ts';
import { countRequests } from './observe/count-requests.ts';
import { Metrics, observeCalls, watch } from './observe/metrics.ts';
import { serveOperator } from './observe/operator-routes.ts';
import { hubStatus } from './observe/status.ts';
import { reloader } from './reload.ts';
import { requireOperation } from './require-operation.ts';
import { defaultAwayMs } from './subgraph.ts';
import { SubgraphFleet } from './subgraph-fleet.ts';
import { SubgraphSource } from './subgraph-source.ts';

/** Opens the one door of the hub. */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const {
    supergraphSdl,
    supergraphFile,
    subgraphs,
    laterSubgraph = () => undefined,
    host = '127.0.0.1',
    port = 0,
    deadlineMs = 10_000,
    importDeadlineMs = 300_000,
    trustedOnly = [],
    breaker = defaultBreaker,
    awayMs = defaultAwayMs,
    executor = 'hub',
    slowMs = 1_000,
    operators = { host: '127.0.0.1', port: 0 },
    log = pino({ level: 'silent' }),
  } = options;
  const since = Date.now();
  const limits = { ...defaultLimits, ...options.limits };
  const { bodyMs } = limits;
  const documents = new TrustedDocuments(options.documents ?? [], trustedOnly);
  const metrics = new Metrics();
  const urlOf = (name: string) => subgraphs[name] ?? laterSubgraph(name);
  const fleet = new SubgraphFleet(urlOf, { deadlineMs, awayMs, breaker, observe: observeCalls(metrics), log });
  fleet.open(supergraphSdl);
  const identity = addressesIn(options.identity ?? '').flatMap(url => (url ? [new SubgraphSource('identity', url, log)] : []));
  fleet.use(supergraphSdl);

  let update: (supergraphSdl: string) => void = () => undefined;
  const apollo = new ApolloGateway({
    supergraphSdl: async hook => {
      update = hook.update;
      return { supergraphSdl };
    },
    validateSupergraph: true,
    buildService: ({ name }) => fleet.get(name),
    __exposeQueryPlanExperimental: false,
    logger: quiet(log),
  });
  const gateway = executor === 'apollo' ? new WeighedGateway(apollo) : new HubGateway(apollo, name => fleet.get(name));
  const loaded = followLoaded(gateway);
  const budget = new Budget(limits.budget);
  const admit = admission(charging(limits.operationCost, budget));
  const weigh = weighing(budget);
  const known = new KnownOperations();
  const formatError = errorMask(log);
  const server = apolloServer(gateway, log, formatError, [
    statusByCode,
    requireOperation,
    admitOperations(admit, weigh, loaded),
    learnOperations(known),
  ]);
  const answerKnown =
    gateway instanceof HubGateway
      ? knownAnswers({ known, loaded, admit, weigh, run: gateway.run, formatError })
      : () => undefined;
  await server.start();
  await warmPlans(gateway, documents.documents, log);

  const lag = new EventLoopLag();
  const shed = new Shed(
    limits.inWork,
    limits.queue,
    () => lag.look(),
    of => metrics.shed.inc({ class: of }),
  );
  const imports = new Concurrency();
  const room = importRoom(limits, imports);
  watch(metrics, { shed, imports, fleet });

  const app = httpServer(log, options);
  const watchAnswer = untaken(limits.answerMs);
  watchAnswers(app, watchAnswer);
  countRequests(app, metrics, slowMs, log);
  const pace = new Pace(limits.refusalsPerSecond);
  countRefusals(app, pace);
  serveExplorer(app);
  const leave = takingLeave(app);
  serveHealth(app, leave);
  const backstage = httpServer(log);
  serveOperator(backstage, { metrics, status: () => hubStatus(fleet, identity, loaded(), since) });
  const admitCaller = door(options.verify, { deadlineMs, answerBytes: limits.answerBytes, pace });
  const way = passage(limits, budget, shed);
  serveGraphQL(app, { server, answerKnown, admit: admitCaller, passage: way, documents, bodyMs, watchAnswer });
  serveApiSchema(app, admitCaller, loaded);
  serveIdentity(app, options.identity, { ...limits, pace, awayMs });
  const ledgers = () => loaded().ledgers;
  serveImports(app, { server, ledgers, admit: admitCaller, room, bodyMs, deadlineMs: importDeadlineMs, log });

  const readAgain = reloader({ file: supergraphFile, fleet, loaded, update: sdl => update(sdl), log });
  const reload = async () => {
    const outcome = await readAgain();
    metrics.reloads.inc({ outcome });
    if (outcome === 'replaced') await warmPlans(gateway, documents.documents, log);
    return outcome;
  };
  const stop = async () => {
    await app.close();
    await backstage.close();
    await server.stop();
    shed.stop();
    lag.stop();
    await fleet.close();
    await Promise.all(identity.map(source => source.close()));
  };
  try {
    const operatorsUrl = await backstage.listen(operators);
    const url = await app.listen({ host, port });
    return { url, port: Number(new URL(url).port), operatorsUrl, reload, leave: leave.begin, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
