import { challengeOf, claimsOf, randomText } from './pkce.js';

const clientId = 'hub-explorer';
const page = '/graphql';

/** Of this tab: the sign-in under way, and whether somebody was signed in before a reload. No token is ever kept. */
const underWay = 'hub-sign-in';
const wasSignedIn = 'hub-signed-in';

/** Tokens of the person signed in, in the memory of this page alone. */
let session;
let renewing;
let show = () => undefined;
let publicOrigin = location.origin;

/** What went wrong, as the bar has words for it. */
export class SessionProblem extends Error {}

const personal = 'people:personal';

/** Asks for personal data beside what the present token opens. */
export const askForPersonal = () => signIn(undefined, `${session.scope} ${personal}`);

/** Opens the sign-in page, or none where the browser is signed in already; `consent` asks for the role again, `none` asks nothing. */
export async function signIn(prompt, scope = '') {
  // The sign-in comes back to the public address, which is another origin for this tab's storage.
  if (publicOrigin !== location.origin) return location.assign(`${publicOrigin}${page}#sign-in`);
  if (!crypto.subtle) throw new SessionProblem('insecure');
  const [state, verifier] = [randomText(), randomText()];
  sessionStorage.setItem(underWay, JSON.stringify({ state, verifier, silent: prompt === 'none' }));
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    scope: `openid profile ${scope}`.trim(),
    redirect_uri: publicOrigin + page,
    code_challenge: await challengeOf(verifier),
    code_challenge_method: 'S256',
    state,
    ...(prompt && { prompt }),
  });
  location.assign(`/identity/auth?${query}`);
  // The page is being left: nothing after this matters.
  return new Promise(() => undefined);
}

/** Ends the session at the identity service, which asks once more. */
export function signOut() {
  sessionStorage.removeItem(wasSignedIn);
  const query = new URLSearchParams({ client_id: clientId, post_logout_redirect_uri: publicOrigin + page });
  location.assign(`/identity/session/end?${query}`);
}

/** Takes up what the address or this tab say of a sign-in, and tells how it stands, now and whenever it changes. */
export async function resumeSession(tell) {
  show = tell;
  let problem;
  try {
    const response = await fetch('/identity/.well-known/openid-configuration');
    // Another issuer signs people in, elsewhere: here tokens are pasted.
    if (response.status === 404) return;
    if (!response.ok) throw new SessionProblem('unavailable');
    const { issuer } = await response.json();
    publicOrigin = new URL(issuer).origin;
    await takeUp(issuer);
  } catch (error) {
    problem = codeOf(error);
  }
  show({ person: session?.person, problem });
}

async function takeUp(issuer) {
  const given = new URLSearchParams(location.search);
  const isAnswer = given.has('state') && (given.has('code') || given.has('error'));
  const isAsked = location.hash === '#sign-in';
  if (isAnswer || isAsked) history.replaceState(null, '', page);
  if (isAnswer) return complete(given, issuer);
  if (isAsked) return signIn();
  if (sessionStorage.getItem(wasSignedIn)) return signIn('none');
}

async function complete(given, issuer) {
  const { state, verifier, silent } = JSON.parse(sessionStorage.getItem(underWay) ?? '{}');
  sessionStorage.removeItem(underWay);
  if (!state || given.get('state') !== state || given.get('iss') !== issuer) throw new SessionProblem('mismatch');
  if (given.has('error')) {
    sessionStorage.removeItem(wasSignedIn);
    if (silent) return;
    throw new SessionProblem(given.get('error'));
  }
  await exchange({
    grant_type: 'authorization_code',
    code: given.get('code'),
    redirect_uri: publicOrigin + page,
    code_verifier: verifier,
  });
  sessionStorage.setItem(wasSignedIn, 'yes');
}

async function exchange(form) {
  const response = await fetch('/identity/token', {
    method: 'POST',
    body: new URLSearchParams({ client_id: clientId, ...form }),
  });
  if (response.status >= 500 || response.status === 429) throw new SessionProblem('unavailable');
  const tokens = await response.json();
  if (!response.ok) throw new SessionProblem(tokens.error ?? 'unavailable');
  const { name, preferred_username: loginName } = claimsOf(tokens.id_token);
  session = {
    access: tokens.access_token,
    refresh: tokens.refresh_token,
    scope: tokens.scope,
    // A fifth of its life is left for the way to the server.
    renewAt: Date.now() + tokens.expires_in * 800,
    person: { name, loginName, seesPersonal: tokens.scope.split(' ').includes(personal), ...claimsOf(tokens.access_token).hub },
  };
}

async function renew() {
  try {
    await exchange({ grant_type: 'refresh_token', refresh_token: session.refresh });
    show({ person: session.person });
  } catch (error) {
    const problem = codeOf(error);
    // What could not be asked can be asked again; what was refused has ended.
    if (problem !== 'unavailable') {
      session = undefined;
      sessionStorage.removeItem(wasSignedIn);
    }
    show({ person: session?.person, problem: problem === 'unavailable' ? problem : 'ended' });
  }
}

/** A token with enough life left for a request; undefined when nobody is signed in. */
export async function accessToken() {
  if (session && Date.now() > session.renewAt) {
    renewing ??= renew().finally(() => {
      renewing = undefined;
    });
    await renewing;
  }
  return session?.access;
}

const codeOf = error => (error instanceof SessionProblem ? error.message : 'unavailable');
