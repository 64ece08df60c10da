import type { EntityManager } from '@mikro-orm/postgresql';
import { CodeApp } from './code-app.ts';
import { Passkey } from './passkey.ts';
import { RecoveryCode } from './recovery-code.ts';

/** What an account can show besides its password. */
export interface Factors {
  passkeys: Passkey[];
  codeApp: CodeApp | null;
  /** How many recovery codes are left. */
  recovery: number;
}

export const factorsOf = async (em: EntityManager, accountId: string): Promise<Factors> => ({
  passkeys: await em.find(Passkey, { accountId }, { orderBy: { createdAt: 'asc' } }),
  codeApp: await em.findOne(CodeApp, { accountId }),
  recovery: await em.count(RecoveryCode, { accountId }),
});

/** Recovery codes alone are no factor: they stand in for one. */
export const hasFactor = ({ passkeys, codeApp }: Factors): boolean => passkeys.length > 0 || codeApp !== null;
