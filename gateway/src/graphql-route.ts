import type { OutgoingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { type ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { inTraceOf, traced } from '@hub/kit/tracing';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { assertShallow } from './body/assert-shallow.ts';
import { assertWithoutNul } from './body/assert-without-nul.ts';
import type { Caller } from './caller.ts';
import { type AskedRequest, withTrustedText } from './documents/asked-request.ts';
import type { TrustedDocuments } from './documents/trusted-documents.ts';
import type { Admit } from './door.ts';
import { asksForPage, sendPage } from './explorer.ts';
import { statusOf, wasNotExecuted } from './http-errors.ts';
import type { AnswerKnown } from './known/answer-known.ts';
import { plainRequest } from './known/plain-request.ts';
import type { Passage } from './limits/passage.ts';
import type { WatchAnswer } from './limits/untaken.ts';
import { currentRequestId } from './request-id.ts';
import { arrivesWithin } from './slow-body.ts';

declare module 'fastify' {
  interface FastifyRequest {
    caller?: Caller;
  }
}

interface Door {
  server: ApolloServer<Caller>;
  answerKnown: AnswerKnown;
  admit: Admit;
  passage: Passage;
  documents: TrustedDocuments;
  bodyMs: number;
  watchAnswer: WatchAnswer;
}

/** GraphQL over HTTP, by POST and GET; a browser gets the explorer instead. */
export function serveGraphQL(app: FastifyInstance, door: Door): void {
  const { server, answerKnown, admit, passage, documents, bodyMs, watchAnswer } = door;
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
    handler: async (request, reply) => {
      const { caller, method, body } = request;
      if (!caller) return sendPage(reply);
      const answer = await caller.work.during(async () => {
        await passage.enter(caller);
        const search = method === 'GET' ? new URL(request.url, 'http://hub').search : '';
        const { name, ...asked } = withTrustedText(documents, { method, body, search }, caller.viewer.role);
        assertReadable(asked);
        caller.asked.document = name;
        const plain = plainRequest(request, asked.body);
        return inTrace(request, caller, async () => answerKnown(plain, caller) ?? askServer(server, request, asked, caller));
      });
      return send(request, reply, caller, answer, watchAnswer);
    },
  });
}

/** What no parser is to be given, on whichever way it came. A body was looked through when it arrived. */
function assertReadable({ method, body, search }: AskedRequest): void {
  const given: Record<string, unknown> = method === 'GET' ? Object.fromEntries(new URLSearchParams(search)) : Object(body);
  for (const [name, text] of Object.entries(given)) {
    if (typeof text !== 'string') continue;
    if (method === 'GET' && name !== 'query' && /\0|\\u0000/.test(text)) assertWithoutNul(parsed(text), name);
    if (name === 'query' || method === 'GET') assertShallow(text, name);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What goes back over HTTP, whoever made it. */
interface HttpAnswer {
  status?: number | undefined;
  headers: Iterable<readonly [string, string]>;
  body: string | readonly Buffer[] | Readable;
}

function inTrace(request: FastifyRequest, caller: Caller, work: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
  const theirs = caller.clientRequestId && { 'hub.client_request': caller.clientRequestId };
  const attributes = { 'hub.request': request.id, ...theirs, 'hub.document': caller.asked.document };
  return inTraceOf(request.headers, () => currentRequestId.run(request.id, () => traced('graphql', attributes, work)));
}

function send(request: FastifyRequest, reply: FastifyReply, caller: Caller, answer: HttpAnswer, watchAnswer: WatchAnswer) {
  const { status = 200, headers, body } = answer;
  for (const [name, value] of headers) reply.header(name, value);
  reply.code(status).header('cache-control', 'no-store');
  // How many statements an answer took is the operator's affair.
  if (caller.viewer.actor.startsWith('operator:')) reply.header('x-hub-statements', caller.sql.statements);
  if (status >= 400) request.refused = caller.asked.outcome ?? 'INVALID_INPUT';
  if (!isChunks(body)) return reply.send(body);
  sendChunks(reply, body);
  watchAnswer(reply.raw);
  return reply;
}

const isChunks = (body: HttpAnswer['body']): body is readonly Buffer[] => Array.isArray(body);

/** In one write and without joining them first; a stream would be a third of the gateway's work on a list of a thousand rows. */
function sendChunks(reply: FastifyReply, chunks: readonly Buffer[]): void {
  reply
    .header(
      'content-length',
      chunks.reduce((length, chunk) => length + chunk.length, 0),
    )
    .hijack();
  const { raw, statusCode } = reply;
  raw.writeHead(statusCode, reply.getHeaders() as OutgoingHttpHeaders);
  raw.cork();
  for (const chunk of chunks) raw.write(chunk);
  raw.end();
  raw.uncork();
}

/** Has the server answer: the first time an operation is asked, and whenever there is something to refuse. */
async function askServer(
  server: ApolloServer<Caller>,
  request: FastifyRequest,
  asked: AskedRequest,
  caller: Caller,
): Promise<HttpAnswer> {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) if (value) headers.set(name, String(value));
  const { body, ...head } = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { ...asked, headers },
    context: async () => caller,
  });
  return { ...head, body: body.kind === 'complete' ? body.string : Readable.from(body.asyncIterator) };
}

const ownStatuses = [405, 406, 415, 429];

/** A request that was not executed takes the status of its error; one that was is 200, even with errors in it. */
export const statusByCode: ApolloServerPlugin<Caller> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response: { body, http }, contextValue }) => {
      if (body.kind !== 'single') return;
      if (wasNotExecuted(body.singleResult.data, body.singleResult.errors)) delete body.singleResult.data;
      const { errors, data } = body.singleResult;
      const code = errors?.[0]?.extensions?.code;
      if (code !== undefined) contextValue.asked.outcome = String(code);
      if (data !== undefined) http.status = 200;
      else if (errors?.length && !ownStatuses.includes(http.status ?? 0)) http.status = statusOf(code);
    },
  }),
};
