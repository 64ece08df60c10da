import type { MikroORM } from '@mikro-orm/postgresql';
import type { Provider } from 'oidc-provider';
import type { Demand } from '../factor/demand.ts';
import { keysMark, publishedKeys } from '../keys/keys.ts';
import { openProvider } from './provider.ts';

export interface ProviderSettings {
  orm: MikroORM;
  publicUrl: string;
  secret: string;
  servicesSecret?: string;
  demand?: Demand;
  tokenSeconds?: number;
  idleSeconds?: number;
}

/** How long the keys are taken as unchanged, milliseconds; far less than a key is shown before it signs. */
const unchanged = 1_000;

/** Answers the provider over the keys as they are now, whichever process changed them. */
export function currentProvider(settings: ProviderSettings): () => Promise<Provider> {
  let opened: { mark: string; provider: Provider } | undefined;
  let checkedAt = 0;
  let checking: Promise<Provider> | undefined;
  const check = async () => {
    const mark = await keysMark(settings.orm);
    if (!opened || mark === '' || opened.mark !== mark) {
      const keys = await publishedKeys(settings.orm, settings.secret);
      opened = { mark: await keysMark(settings.orm), provider: openProvider({ ...settings, keys }) };
    }
    checkedAt = Date.now();
    return opened.provider;
  };
  return async () => {
    if (opened && Date.now() - checkedAt < unchanged) return opened.provider;
    checking ??= check().finally(() => {
      checking = undefined;
    });
    return checking;
  };
}
