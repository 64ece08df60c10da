import type { EntityManager } from '@mikro-orm/postgresql';
import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { Account } from '../account/account.ts';
import { Passkey } from './passkey.ts';
import type { RelyingParty } from './relying-party.ts';

/** What the browser is asked to make: a passkey it does not have for this account yet, over a new challenge. */
export const passkeyInvitation = (
  party: RelyingParty,
  { id, loginName, displayName }: Account,
  passkeys: Passkey[],
): Promise<PublicKeyCredentialCreationOptionsJSON> =>
  generateRegistrationOptions({
    rpName: party.name,
    rpID: party.id,
    userID: Uint8Array.from(Buffer.from(id)),
    userName: loginName,
    userDisplayName: displayName,
    attestationType: 'none',
    excludeCredentials: passkeys.map(({ credentialId }) => ({ id: credentialId })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  });

interface Made {
  party: RelyingParty;
  accountId: string;
  challenge: string;
  response: string;
}

/** Keeps the passkey the browser has made; false when this is not the answer to the challenge. */
export async function addPasskey(em: EntityManager, { party, accountId, challenge, response }: Made): Promise<boolean> {
  const checked = await verified(party, challenge, response);
  if (!checked) return false;
  const { id, publicKey, counter, transports = [] } = checked.credential;
  em.create(Passkey, {
    accountId,
    credentialId: id,
    publicKey: Buffer.from(publicKey).toString('base64url'),
    counter,
    transports,
    createdAt: new Date(),
  });
  await em.flush();
  return true;
}

async function verified({ id, origin }: RelyingParty, expectedChallenge: string, response: string) {
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: JSON.parse(response),
      expectedChallenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: false,
    });
    return registrationInfo;
  } catch {
    // The library throws at whatever does not fit.
    return undefined;
  }
}
