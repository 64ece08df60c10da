import { Readable } from 'node:stream';
import { type ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { inTraceOf, traced } from '@hub/kit/tracing';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from './caller.ts';
import { type AskedRequest, withTrustedText } from './documents/asked-request.ts';
import type { TrustedDocuments } from './documents/trusted-documents.ts';
import type { Admit } from './door.ts';
import { asksForPage, sendPage } from './explorer.ts';
import { statusOf } from './http-errors.ts';
import type { Passage } from './limits/passage.ts';
import { currentRequestId } from './request-id.ts';
import { arrivesWithin } from './slow-body.ts';

declare module 'fastify' {
  interface FastifyRequest {
    caller?: Caller;
  }
}

interface Door {
  server: ApolloServer<Caller>;
  admit: Admit;
  passage: Passage;
  documents: TrustedDocuments;
  bodyMs: number;
}

/** GraphQL over HTTP, by POST and GET; a browser gets the explorer instead. */
export function serveGraphQL(app: FastifyInstance, { server, admit, passage, documents, bodyMs }: Door): void {
  app.decorateRequest('caller', undefined);
  app.decorateRequest('refused', undefined);
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    onRequest: async (request, reply) => {
      if (asksForPage(request)) return;
      request.caller = await admit(request, reply);
      passage.knock(request.caller, reply);
    },
    preParsing: arrivesWithin(bodyMs),
    preValidation: async ({ caller }, reply) => {
      if (caller) await passage.enter(caller, reply);
    },
    handler: (request, reply) => {
      const { caller, method, body } = request;
      if (!caller) return sendPage(reply);
      const { search } = new URL(request.url, 'http://hub');
      const { name, ...asked } = withTrustedText(documents, { method, body, search }, caller.viewer.role);
      caller.asked.document = name;
      return execute(server, request, asked, caller, reply);
    },
  });
}

async function execute(
  server: ApolloServer<Caller>,
  request: FastifyRequest,
  asked: AskedRequest,
  caller: Caller,
  reply: FastifyReply,
) {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) if (value) headers.set(name, String(value));
  const work = () => server.executeHTTPGraphQLRequest({ httpGraphQLRequest: { ...asked, headers }, context: async () => caller });
  const attributes = { 'hub.request': request.id, 'hub.document': caller.asked.document };
  const answer = await inTraceOf(request.headers, () =>
    currentRequestId.run(request.id, () => traced('graphql', attributes, work)),
  );
  for (const [name, value] of answer.headers) reply.header(name, value);
  reply
    .code(answer.status ?? 200)
    .header('cache-control', 'no-store')
    .header('x-hub-statements', caller.sql.statements);
  if ((answer.status ?? 200) >= 400) request.refused = caller.asked.outcome ?? 'INVALID_INPUT';
  return reply.send(answer.body.kind === 'complete' ? answer.body.string : Readable.from(answer.body.asyncIterator));
}

const ownStatuses = [405, 406, 415, 429];

/** A request that was not executed takes the status of its error; one that was is 200, even with errors in it. */
export const statusByCode: ApolloServerPlugin<Caller> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response: { body, http }, contextValue }) => {
      if (body.kind !== 'single') return;
      const { errors, data } = body.singleResult;
      const code = errors?.[0]?.extensions?.code;
      if (code !== undefined) contextValue.asked.outcome = String(code);
      if (data !== undefined) http.status = 200;
      else if (errors?.length && !ownStatuses.includes(http.status ?? 0)) http.status = statusOf(code);
    },
  }),
};
