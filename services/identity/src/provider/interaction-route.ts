import { tellSecurity } from '@hub/kit/security-log';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from 'oidc-provider';
import type { Account } from '../account/account.ts';
import { asService } from '../as-service.ts';
import type { Grant } from '../grant/grant.ts';
import { validGrants } from '../grant/valid-grants.ts';
import { pageHeaders } from '../pages/page.ts';
import { expiredPage } from '../pages/provider-pages.ts';
import { grantPage, noGrantPage, passwordPage, refusals, signInPage } from '../pages/sign-in-pages.ts';
import { knownCookie, knownFor, newBrowser, sealed, unsealed } from '../sign-in/known-browser.ts';
import { changePassword, isPresentPassword, signIn } from '../sign-in/sign-in.ts';
import { weakness } from '../sign-in/weakness.ts';
import { type Interaction, outcomeOf, remember, signingIn } from './pending-sign-in.ts';

interface Deps {
  orm: MikroORM;
  provider: () => Promise<Provider>;
  publicUrl: string;
  secret: string;
}

interface Step {
  provider: Provider;
  interaction: Interaction;
  /** Address of this sign-in's pages. */
  path: string;
  fields: URLSearchParams;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** The pages between the application and its token: name and password, a new password, the choice of a grant. */
export function serveInteractions(app: FastifyInstance, { orm, provider, publicUrl, secret }: Deps): void {
  const send = (reply: FastifyReply, text: string, status = 200) =>
    reply.code(status).headers(pageHeaders).type('text/html; charset=utf-8').send(text);

  const isSecure = publicUrl.startsWith('https:');
  const cookieOf = (value: string) =>
    `${knownCookie}=${value}; Path=/identity; HttpOnly; SameSite=Lax; Max-Age=${knownFor}${isSecure ? '; Secure' : ''}`;

  const step =
    (take: (step: Step) => Promise<unknown>) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      const { origin } = request.headers;
      if (request.method === 'POST' && origin !== undefined && origin !== new URL(publicUrl).origin)
        return send(reply, expiredPage(), 403);
      const current = await provider();
      const interaction = await current.interactionDetails(request.raw, reply.raw).catch(() => undefined);
      const { uid } = request.params as { uid: string };
      if (!interaction || interaction.uid !== uid) return send(reply, expiredPage(), 400);
      const fields = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
      return take({ provider: current, interaction, path: `/identity/interaction/${uid}`, fields, request, reply });
    };

  /** Shows the page of the next step, or lets the library go on. */
  const proceed = async (given: Step) => {
    const { interaction, path, reply } = given;
    const signedIn = await signingIn(orm, interaction);
    if (!signedIn) return send(reply, signInPage(path));
    if (signedIn.change) return send(reply, passwordPage(path));
    const grants = await asService(orm, em => validGrants(em, { accountId: signedIn.account.id }));
    if (grants.length === 0) return send(reply, noGrantPage(path), 403);
    if (grants.length > 1) return send(reply, grantPage(path, grants));
    return finish(given, signedIn.account, grants[0]!);
  };

  const finish = async ({ provider, interaction, request, reply }: Step, account: Account, chosen: Grant) => {
    const outcome = await outcomeOf(orm, provider, interaction, account, chosen);
    const returnTo = await provider.interactionResult(request.raw, reply.raw, outcome, { mergeWithLastSubmission: false });
    return reply.redirect(returnTo, 303);
  };

  const onSignIn = async ({ interaction, path, fields, request, reply }: Step) => {
    const loginName = fields.get('loginName') ?? '';
    const { ip: address, headers } = request;
    const known = unsealed(secret, headers.cookie);
    const outcome = await signIn(orm, { loginName, password: fields.get('password') ?? '', address, known });
    if ('refused' in outcome) {
      const { refused, accountId } = outcome;
      tellSecurity(refused === 'locked' ? 'sign-in-locked' : 'sign-in-failed', { accountId, address, why: refused });
      return send(reply, signInPage(path, { error: refusals[refused], loginName }), refused === 'locked' ? 429 : 401);
    }
    const { account, passwordId } = outcome;
    tellSecurity('signed-in', { accountId: account.id, address, knownBrowser: known?.accountId === account.id });
    const browser = known?.accountId === account.id ? known : newBrowser(account.id);
    reply.header('set-cookie', cookieOf(sealed(secret, browser)));
    await remember(interaction, { accountId: account.id, passwordId, change: fields.get('change') === 'yes' });
    return reply.redirect(path, 303);
  };

  const onPassword = async (given: Step) => {
    const { interaction, path, fields, reply } = given;
    const signedIn = await signingIn(orm, interaction);
    if (!signedIn?.change) return reply.redirect(path, 303);
    const { account } = signedIn;
    const password = fields.get('password') ?? '';
    const refuse = (error: string) => send(reply, passwordPage(path, error), 400);
    const weak = await weakness(password, account);
    if (weak) return refuse(weak);
    if (password !== fields.get('again')) return refuse('两次输入的密码不一致。 The two passwords differ.');
    if (await isPresentPassword(orm, account.id, password))
      return refuse('新密码不能与原密码相同。 The new password must differ from the present one.');
    const passwordId = await changePassword(orm, account.id, password, interaction.session?.uid ?? '');
    tellSecurity('password-changed', { accountId: account.id, address: given.request.ip });
    await remember(interaction, { accountId: account.id, passwordId, change: false });
    return reply.redirect(path, 303);
  };

  const onGrant = async (given: Step) => {
    const { interaction, path, fields, reply } = given;
    const signedIn = await signingIn(orm, interaction);
    if (!signedIn || signedIn.change) return reply.redirect(path, 303);
    const grants = await asService(orm, em => validGrants(em, { accountId: signedIn.account.id }));
    const chosen = grants.find(({ id }) => id === fields.get('grant'));
    if (!chosen) return send(reply, grantPage(path, grants, '请选择一项。 Choose one.'), 400);
    return finish(given, signedIn.account, chosen);
  };

  const onCancel = async ({ provider, request, reply }: Step) => {
    const result = { error: 'access_denied', error_description: 'The sign-in was cancelled.' };
    return reply.redirect(
      await provider.interactionResult(request.raw, reply.raw, result, { mergeWithLastSubmission: false }),
      303,
    );
  };

  app.register(async scope => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 16_384 },
      (_request, body, done) => done(null, body),
    );
    const at = '/identity/interaction/:uid';
    scope.get(at, step(proceed));
    scope.post(`${at}/sign-in`, step(onSignIn));
    scope.post(`${at}/password`, step(onPassword));
    scope.post(`${at}/grant`, step(onGrant));
    scope.post(`${at}/cancel`, step(onCancel));
  });
}
