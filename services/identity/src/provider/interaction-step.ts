import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from 'oidc-provider';
import { pageHeaders } from '../pages/page.ts';
import { expiredPage } from '../pages/provider-pages.ts';
import type { Interaction } from './pending-sign-in.ts';

export interface Step {
  provider: Provider;
  interaction: Interaction;
  /** Address of this sign-in's pages. */
  path: string;
  fields: URLSearchParams;
  request: FastifyRequest;
  reply: FastifyReply;
}

export const sendHtml = (reply: FastifyReply, text: string, status = 200) =>
  reply.code(status).headers(pageHeaders).type('text/html; charset=utf-8').send(text);

/** Makes a route of what one page of a sign-in does: not from another site, and only with the sign-in's own cookie. */
export const stepsOf =
  ({ provider, publicUrl }: { provider: () => Promise<Provider>; publicUrl: string }) =>
  (take: (step: Step) => Promise<unknown>) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const { origin } = request.headers;
    if (request.method === 'POST' && origin !== undefined && origin !== new URL(publicUrl).origin)
      return sendHtml(reply, expiredPage(), 403);
    const current = await provider();
    const interaction = await current.interactionDetails(request.raw, reply.raw).catch(() => undefined);
    const { uid } = request.params as { uid: string };
    if (!interaction || interaction.uid !== uid) return sendHtml(reply, expiredPage(), 400);
    const fields = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
    return take({ provider: current, interaction, path: `/identity/interaction/${uid}`, fields, request, reply });
  };
