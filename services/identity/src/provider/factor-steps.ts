import { tellSecurity } from '@hub/kit/security-log';
import { asService } from '../as-service.ts';
import { addFactor, removeFactor } from '../factor/change-factors.ts';
import type { Method } from '../factor/demand.ts';
import { checkFactor } from '../factor/factor-guess.ts';
import { addCodeApp, invitationOf, newSharedSecret, useOneTimeCode } from '../factor/one-time-code.ts';
import { passkeyRequest, usePasskey } from '../factor/passkey-check.ts';
import { addPasskey, passkeyInvitation } from '../factor/passkey-new.ts';
import { giveRecoveryCodes, useRecoveryCode } from '../factor/recovery-code.ts';
import { relyingParty } from '../factor/relying-party.ts';
import { askFactorPage, factorRefusals } from '../pages/ask-factor-page.ts';
import { factorsPage, recoveryPage } from '../pages/factors-page.ts';
import { rememberBrowser, unsealed } from '../sign-in/known-browser.ts';
import { endOthers } from '../sign-in/sign-in.ts';
import { recentSignIns } from '../sign-in/signed-in.ts';
import type { Deps } from './interaction-route.ts';
import { type Step, sendHtml as send } from './interaction-step.ts';
import { type Pending, remember, type SigningIn, signingIn } from './pending-sign-in.ts';

type Going = SigningIn & { pending: Pending };

/** The pages of second factors: one is asked for, or the person's own are added and removed. */
export function factorSteps({ orm, publicUrl, secret, demand }: Omit<Deps, 'provider'>) {
  const party = relyingParty(publicUrl);

  const ask = async ({ interaction, path, reply }: Step, { factors, pending }: SigningIn, error?: string, status = 200) => {
    const options = party && factors.passkeys.length > 0 ? await passkeyRequest(party, factors.passkeys) : undefined;
    if (pending && options) await remember(interaction, { ...pending, challenge: options.challenge });
    return send(reply, askFactorPage(path, { options, error }), status);
  };

  const show = async ({ interaction, path, reply }: Step, signedIn: SigningIn, error?: string, status = 200) => {
    const { account, factors, stage } = signedIn;
    const pending = signedIn.pending!;
    const options = party && (await passkeyInvitation(party, account, factors.passkeys));
    const shared = factors.codeApp ? undefined : (pending.shared ?? (await newSharedSecret(secret)));
    await remember(interaction, { ...pending, challenge: options?.challenge, shared });
    const app = shared ? await invitationOf(secret, shared, account.loginName) : undefined;
    const isDemanded = stage === 'enrol';
    const signIns = isDemanded ? [] : await recentSignIns(orm, account.id);
    return send(reply, factorsPage(path, { factors, options, app, isDemanded, signIns, error }), status);
  };

  /** A page that is open at the stages it belongs to; at any other the sign-in goes where it stands. */
  const at =
    (stages: SigningIn['stage'][], take: (step: Step, signedIn: Going) => Promise<unknown>) =>
    async (step: Step): Promise<unknown> => {
      const signedIn = await signingIn(orm, step.interaction, demand);
      if (!signedIn?.pending || !stages.includes(signedIn.stage)) return step.reply.redirect(step.path, 303);
      return take(step, signedIn as Going);
    };

  const check = (method: Method, isRight: (step: Step, signedIn: Going) => Parameters<typeof checkFactor>[2]) =>
    at(['factor'], async (step, signedIn) => {
      const { interaction, path, request, reply } = step;
      const { pending } = signedIn;
      const { accountId } = pending;
      const known = unsealed(secret, request.headers.cookie);
      const outcome = await checkFactor(orm, { accountId, address: request.ip, known }, isRight(step, signedIn));
      tellSecurity(outcome === 'right' ? 'second-factor-shown' : 'second-factor-failed', {
        accountId,
        address: request.ip,
        method,
        why: outcome,
      });
      // A challenge is for one answer.
      const { challenge: _, ...rest } = pending;
      if (outcome !== 'right')
        return ask(step, { ...signedIn, pending: rest }, factorRefusals[outcome], outcome === 'locked' ? 429 : 401);
      await remember(interaction, { ...rest, passed: method });
      rememberBrowser(reply, { secret, publicUrl }, accountId, known);
      return reply.redirect(path, 303);
    });

  const add = (method: Method, added: (step: Step, signedIn: Going) => Parameters<typeof addFactor>[2], refusal: string) =>
    at(['enrol', 'manage'], async (step, signedIn) => {
      const { interaction, path, request, reply } = step;
      const { accountId } = signedIn.pending;
      const session = interaction.session?.uid ?? '';
      const done = await addFactor(orm, { secret, accountId, session }, added(step, signedIn));
      if (!done) return show(step, signedIn, refusal, 400);
      tellSecurity('second-factor-added', { accountId, address: request.ip, method });
      const { challenge: _, shared: __, ...rest } = signedIn.pending;
      await remember(interaction, { ...rest, passed: method, manage: true });
      return done.recovery ? send(reply, recoveryPage(path, done.recovery)) : reply.redirect(path, 303);
    });

  const posts: Record<string, (step: Step) => Promise<unknown>> = {
    code: check('otp', ({ fields }, { account: { id } }) => async em => {
      const code = fields.get('code') ?? '';
      return (await useOneTimeCode(em, secret, id, code)) || useRecoveryCode(em, secret, id, code);
    }),
    passkey: check('pop', ({ fields }, { account: { id }, pending: { challenge } }) => async em => {
      if (!party || !challenge) return false;
      return usePasskey(em, { party, accountId: id, challenge, response: fields.get('response') ?? '' });
    }),
    'new-app': add(
      'otp',
      ({ fields }, { account, pending: { shared } }) =>
        async em =>
          shared !== undefined &&
          addCodeApp(em, secret, { accountId: account.id, sealed: shared, code: fields.get('code') ?? '' }),
      '验证码不正确，请核对手机时间后重试。 The code is not right: check the clock of the phone and try the next one.',
    ),
    'new-passkey': add(
      'pop',
      ({ fields }, { account, pending: { challenge } }) =>
        async em => {
          if (!party || !challenge) return false;
          return addPasskey(em, { party, accountId: account.id, challenge, response: fields.get('response') ?? '' });
        },
      '通行密钥未能添加，请重试。 The passkey was not added: try again.',
    ),
    'remove-factor': at(['manage'], async ({ fields, path, request, reply }, { account }) => {
      await removeFactor(orm, account.id, fields.get('factor') ?? '');
      tellSecurity('second-factor-removed', { accountId: account.id, address: request.ip });
      return reply.redirect(path, 303);
    }),
    'new-recovery': at(['manage'], async ({ path, request, reply }, { account, factors }) => {
      if (!factors.codeApp && factors.passkeys.length === 0) return reply.redirect(path, 303);
      const codes = await asService(orm, em => giveRecoveryCodes(em, secret, account.id), account.id);
      tellSecurity('recovery-codes-given', { accountId: account.id, address: request.ip });
      return send(reply, recoveryPage(path, codes));
    }),
    'end-others': at(['manage'], async ({ interaction, path, request, reply }, { account: { id } }) => {
      await asService(orm, em => endOthers(em, id, interaction.session?.uid ?? ''), id);
      tellSecurity('sessions-ended', { accountId: id, address: request.ip });
      return reply.redirect(path, 303);
    }),
    'factors-done': at(['manage'], async ({ interaction, path, reply }, { pending }) => {
      await remember(interaction, { ...pending, manage: false });
      return reply.redirect(path, 303);
    }),
  };
  return { ask, show, posts };
}
