import { createHmac } from 'node:crypto';

/** Password of a login. */
export type Passwords = (login: string) => string;

/** Derives every login's password from the cluster's one secret, so that nothing more has to be kept. */
export function passwordsOf(adminUrl: string): Passwords {
  const secret = decodeURIComponent(new URL(adminUrl).password);
  return login => createHmac('sha256', secret).update(`hub login ${login}`).digest('hex');
}
