import { HubError } from '@hub/kit/errors';
import type { Viewer } from '@hub/kit/viewer';

/** Whether somebody signed in lately enough to change accounts, grants and keys; clients and operators prove themselves for every token. */
export const isRecent = ({ actor, signedInAt = 0 }: Viewer, seconds: number): boolean =>
  !actor.startsWith('account:') || Date.now() / 1000 - signedInAt <= seconds;

/** What the client is to ask of the authorization endpoint, as RFC 9470 says it. */
export const challenge = (seconds: number): string =>
  `Bearer error="insufficient_user_authentication", error_description="A more recent sign-in is required", max_age="${seconds}"`;

export const signInTooOld = (seconds: number): HubError =>
  new HubError(
    'UNAUTHENTICATED',
    `Accounts, grants and keys are changed within ${seconds / 60} minutes of a sign-in: sign in again with max_age=${seconds} (请重新登录后再更改).`,
    { reason: 'SIGN_IN_TOO_OLD' },
  );
