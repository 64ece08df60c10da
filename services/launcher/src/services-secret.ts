import type { InstallationKey } from '@hub/identity/installation-key';
import { foreignIssuer } from './settings.ts';

/**
 * What the services ask for their tokens with. It is told them by a message, because the environment of a process can be read from
 * outside. With an issuer of one's own it is that one's, or none.
 */
export function servicesSecret(key: InstallationKey, env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const secret = env.HUB_SERVICES_SECRET || (foreignIssuer(env) ? undefined : key.secret('services'));
  return secret ? { HUB_SERVICES_SECRET: secret } : {};
}

/** What an operator is told who has another issuer give out the tokens and has not registered the services with it. */
export const nothingFollowed = (env: NodeJS.ProcessEnv = process.env): string | undefined => {
  const needed = ['HUB_SERVICES_TOKEN_URL', 'HUB_SERVICES_CLIENT', 'HUB_SERVICES_SECRET'];
  const missing = foreignIssuer(env) ? needed.filter(name => !env[name]) : [];
  if (missing.length === 0) return undefined;
  return `警告：未设置 ${missing.join('、')}，组织迁移后其他子图不会随之更新。 Warning: ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} not set: the subgraphs cannot follow each other, and what hangs on an organisation stays behind when it moves (docs/operations.md).`;
};
