import { Readable } from 'node:stream';
import { type ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from './caller.ts';
import type { Admit } from './door.ts';
import { asksForPage, sendPage } from './explorer.ts';
import { statusOf } from './http-errors.ts';
import { currentRequestId } from './request-id.ts';

declare module 'fastify' {
  interface FastifyRequest {
    caller?: Caller;
  }
}

/** GraphQL over HTTP, by POST and GET; a browser gets the explorer instead. */
export function serveGraphQL(app: FastifyInstance, server: ApolloServer<Caller>, admit: Admit): void {
  app.decorateRequest('caller', undefined);
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    onRequest: async request => {
      if (!asksForPage(request)) request.caller = await admit(request);
    },
    handler: (request, reply) => (request.caller ? execute(server, request, request.caller, reply) : sendPage(reply)),
  });
}

async function execute(server: ApolloServer<Caller>, request: FastifyRequest, caller: Caller, reply: FastifyReply) {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) if (value) headers.set(name, String(value));
  const { search } = new URL(request.url, 'http://hub');
  const answer = await currentRequestId.run(request.id, () =>
    server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: request.method, headers, body: request.body, search },
      context: async () => caller,
    }),
  );
  for (const [name, value] of answer.headers) reply.header(name, value);
  reply
    .code(answer.status ?? 200)
    .header('cache-control', 'no-store')
    .header('x-hub-statements', caller.sql.statements);
  return reply.send(answer.body.kind === 'complete' ? answer.body.string : Readable.from(answer.body.asyncIterator));
}

const ownStatuses = [405, 406, 415];

/** A request that was not executed takes the status of its error; one that was is 200, even with errors in it. */
export const statusByCode: ApolloServerPlugin = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response: { body, http } }) => {
      if (body.kind !== 'single') return;
      const { errors, data } = body.singleResult;
      if (data !== undefined) http.status = 200;
      else if (errors?.length && !ownStatuses.includes(http.status ?? 0)) http.status = statusOf(errors[0]?.extensions?.code);
    },
  }),
};
