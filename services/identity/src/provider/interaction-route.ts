import { tellSecurity } from '@hub/kit/security-log';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { FastifyInstance } from 'fastify';
import type { Provider } from 'oidc-provider';
import type { Demand } from '../factor/demand.ts';
import type { Grant } from '../grant/grant.ts';
import { grantPage, noGrantPage, passwordPage, refusals, signInPage } from '../pages/sign-in-pages.ts';
import { rememberBrowser, unsealed } from '../sign-in/known-browser.ts';
import { changePassword, isPresentPassword, signIn } from '../sign-in/sign-in.ts';
import { weakness } from '../sign-in/weakness.ts';
import { factorSteps } from './factor-steps.ts';
import { type Step, sendHtml as send, stepsOf } from './interaction-step.ts';
import { outcomeOf, remember, type SigningIn, signingIn } from './pending-sign-in.ts';

export interface Deps {
  orm: MikroORM;
  provider: () => Promise<Provider>;
  publicUrl: string;
  secret: string;
  demand: Demand;
}

/** The pages between the application and its token: name and password, a second factor, a new password, the choice of a grant. */
export function serveInteractions(app: FastifyInstance, deps: Deps): void {
  const { orm, publicUrl, secret, demand } = deps;
  const step = stepsOf(deps);
  const factor = factorSteps(deps);

  /** Shows the page of the next step, or lets the library go on. */
  const proceed = async (given: Step) => {
    const { interaction, path, reply } = given;
    const signedIn = await signingIn(orm, interaction, demand);
    if (!signedIn) return send(reply, signInPage(path));
    const { stage, grants } = signedIn;
    if (stage === 'factor') return factor.ask(given, signedIn);
    if (stage === 'password') return send(reply, passwordPage(path));
    if (stage === 'nothing granted') return send(reply, noGrantPage(path), 403);
    if (stage === 'enrol' || stage === 'manage') return factor.show(given, signedIn);
    if (grants.length > 1) return send(reply, grantPage(path, grants));
    return finish(given, signedIn, grants[0]!);
  };

  const finish = async ({ provider, interaction, request, reply }: Step, signedIn: SigningIn, chosen: Grant) => {
    const outcome = await outcomeOf(orm, provider, interaction, signedIn, chosen);
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
    const [change, manage] = [fields.get('change') === 'yes', fields.get('factors') === 'yes'];
    await remember(interaction, { accountId: account.id, passwordId, at: Date.now(), change, manage });
    const signedIn = await signingIn(orm, interaction, demand);
    // Where a second factor follows, the browser is known only after it.
    if (signedIn?.stage !== 'factor') rememberBrowser(reply, { secret, publicUrl }, account.id, known);
    return reply.redirect(path, 303);
  };

  const onPassword = async (given: Step) => {
    const { interaction, path, fields, reply } = given;
    const signedIn = await signingIn(orm, interaction, demand);
    if (signedIn?.stage !== 'password') return reply.redirect(path, 303);
    const { account, pending } = signedIn;
    const password = fields.get('password') ?? '';
    const refuse = (error: string) => send(reply, passwordPage(path, error), 400);
    const weak = await weakness(password, account);
    if (weak) return refuse(weak);
    if (password !== fields.get('again')) return refuse('两次输入的密码不一致。 The two passwords differ.');
    if (await isPresentPassword(orm, account.id, password))
      return refuse('新密码不能与原密码相同。 The new password must differ from the present one.');
    const passwordId = await changePassword(orm, account.id, password, interaction.session?.uid ?? '');
    tellSecurity('password-changed', { accountId: account.id, address: given.request.ip });
    const before = pending ?? { accountId: account.id, at: Date.now(), manage: false };
    await remember(interaction, { ...before, passwordId, change: false });
    return reply.redirect(path, 303);
  };

  const onGrant = async (given: Step) => {
    const { interaction, path, fields, reply } = given;
    const signedIn = await signingIn(orm, interaction, demand);
    if (signedIn?.stage !== 'grant') return reply.redirect(path, 303);
    const { grants } = signedIn;
    const chosen = grants.find(({ id }) => id === fields.get('grant'));
    if (!chosen) return send(reply, grantPage(path, grants, '请选择一项。 Choose one.'), 400);
    return finish(given, signedIn, chosen);
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
    for (const [name, take] of Object.entries(factor.posts)) scope.post(`${at}/${name}`, step(take));
  });
}
