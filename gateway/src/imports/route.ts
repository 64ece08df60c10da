import { PassThrough } from 'node:stream';
import type { ApolloServer } from '@apollo/server';
import { HubError } from '@hub/kit/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Caller } from '../caller.ts';
import type { Admit } from '../door.ts';
import { internalMessage } from '../mask-error.ts';
import { arrivesWithin, slowest } from '../slow-body.ts';
import type { Owner } from './ledgers.ts';
import { limits } from './limits.ts';
import { outcomeWorkbook } from './outcome-workbook.ts';
import type { ImportRoom } from './room.ts';
import { type Batch, execute, type Outcome, type Progress, runImport, type Upload } from './run-import.ts';
import { sendWorkbook } from './send-workbook.ts';
import { type LedgerForm, templateOf } from './template.ts';
import { flag, receiveFile } from './upload.ts';
import { workbookType } from './write-workbook.ts';

/** The boundaries, names and fields of a form around its file. */
const aroundFile = 64 * 1024;

interface Hub {
  server: ApolloServer<Caller>;
  ledgers: () => Map<string, Owner>;
  admit: Admit;
  room: ImportRoom;
  /** Milliseconds the body may take to arrive, unless it comes at a pace. */
  bodyMs: number;
  deadlineMs: number;
  log: Logger;
}

/** `POST /imports/:ledger`: a spreadsheet in, an import batch out. */
export function serveImports(app: FastifyInstance, hub: Hub): void {
  app.register(async scope => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: limits.fileBytes + aroundFile }, (_request, body, done) =>
      done(null, body),
    );
    scope.post('/imports/:ledger', {
      onRequest: async (request, reply) => {
        request.caller = await hub.admit(request, reply);
        if (!request.caller.viewer.scopes.has('imports:write'))
          throw new HubError('FORBIDDEN', 'Importing needs the scope imports:write.');
        ownerOf(request, hub.ledgers());
        hub.room.arrive(request.caller, reply);
      },
      preParsing: arrivesWithin(hub.bodyMs, slowest),
      handler: async (request, reply) => {
        const holdPlace = hub.room.enter(request.caller!, reply);
        const upload = {
          ...(await receiveFile(request)),
          ...ledgerOf(request, hub.ledgers()),
          again: flag(request, 'again'),
          manner: {
            dryRun: flag(request, 'dryRun'),
            rowByRow: flag(request, 'rowByRow'),
            acceptDuplicates: flag(request, 'acceptDuplicates'),
          },
        };
        const start = (report: (progress: Progress) => void) => {
          const outcome = runImport(hub.server, () => callerOf(request, hub), upload, report);
          holdPlace(outcome);
          return outcome;
        };
        if (request.headers.accept?.includes('application/x-ndjson')) return streamed(reply, request, hub.log, start);
        const outcome = await start(() => {});
        const { batch } = outcome;
        reply.code(isClean(batch) ? 200 : 422);
        if (!request.headers.accept?.includes(workbookType)) return reply.send({ import: batch });
        const workbook = outcomeWorkbook(outcome, after =>
          execute(hub.server, callerOf(request, hub), upload.owner.rows, { id: batch.id, after }),
        );
        holdPlace(workbook);
        return sendWorkbook(reply, `${upload.fileName.replace(/\.\w{1,5}$/, '')} 结果.xlsx`, await workbook);
      },
    });
    scope.get('/imports/:ledger/template.xlsx', {
      onRequest: async (request, reply) => {
        request.caller = await hub.admit(request, reply);
      },
      handler: async (request, reply) => {
        const { ledger, owner } = ledgerOf(request, hub.ledgers());
        const forms = await execute<LedgerForm[]>(hub.server, callerOf(request, hub), owner.forms, {});
        const form = forms.find(({ name }) => name === ledger)!;
        return sendWorkbook(reply, `${form.title}模板.xlsx`, await templateOf(form));
      },
    });
    // A small form of the mutation, for whoever knows the ledger and not the part of the hub that owns it.
    scope.post('/imports/:ledger/:id/revert', {
      onRequest: async (request, reply) => {
        request.caller = await hub.admit(request, reply);
      },
      preParsing: arrivesWithin(hub.bodyMs, slowest),
      handler: async request => {
        const { id } = request.params as { id: string };
        const { reason } = request.query as { reason?: string };
        const input = { id, reason: reason ?? '', withDependants: flag(request, 'withDependants') };
        return { import: await execute(hub.server, callerOf(request, hub), ownerOf(request, hub.ledgers()).revert, { input }) };
      },
    });
  });
}

const ledgerOf = (request: FastifyRequest, owners: Map<string, Owner>): Pick<Upload, 'ledger' | 'owner'> => ({
  ledger: (request.params as { ledger: string }).ledger,
  owner: ownerOf(request, owners),
});

function ownerOf(request: FastifyRequest, owners: Map<string, Owner>): Owner {
  const { ledger } = request.params as { ledger: string };
  const owner = owners.get(ledger);
  if (!owner) throw new HubError('NOT_FOUND', `There is no such ledger. Ledgers: ${[...owners.keys()].sort().join(', ')}.`);
  return owner;
}

/** Each call of an import has a deadline of its own. */
const callerOf = (request: FastifyRequest, hub: Hub): Caller => ({
  ...request.caller!,
  deadline: Date.now() + hub.deadlineMs,
});

const isClean = ({ state, counts: { conflict, possibleDuplicate, error } }: Batch) =>
  (state === 'READY' || state === 'APPLIED') && conflict + possibleDuplicate + error === 0;

function streamed(
  reply: FastifyReply,
  request: FastifyRequest,
  log: Logger,
  start: (report: (progress: Progress) => void) => Promise<Outcome>,
) {
  const stream = new PassThrough();
  const line = (value: object) => stream.writable && stream.write(`${JSON.stringify(value)}\n`);
  start(progress => line({ progress }))
    .then(
      ({ batch }) => line({ result: batch }),
      error => line({ error: lastWord(error, request, log) }),
    )
    .finally(() => stream.end());
  return reply.type('application/x-ndjson; charset=utf-8').header('x-accel-buffering', 'no').send(stream);
}

function lastWord(error: unknown, request: FastifyRequest, log: Logger): object {
  if (error instanceof HubError) return { ...error.extensions, message: error.message };
  log.error({ requestId: request.id, err: error }, 'import failed');
  return { code: 'INTERNAL', message: internalMessage(request.id) };
}
