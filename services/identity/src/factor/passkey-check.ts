import type { EntityManager } from '@mikro-orm/postgresql';
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server';
import { Passkey } from './passkey.ts';
import type { RelyingParty } from './relying-party.ts';

/** What the browser is asked for: one of these passkeys, over a new challenge. */
export const passkeyRequest = (party: RelyingParty, passkeys: Passkey[]): Promise<PublicKeyCredentialRequestOptionsJSON> =>
  generateAuthenticationOptions({
    rpID: party.id,
    userVerification: 'preferred',
    allowCredentials: passkeys.map(({ credentialId, transports }) => ({ id: credentialId, transports: transports as never })),
  });

interface Given {
  party: RelyingParty;
  accountId: string;
  challenge: string;
  response: string;
}

/** Is this the answer of a passkey of the account to the challenge? */
export async function usePasskey(em: EntityManager, { party, accountId, challenge, response }: Given): Promise<boolean> {
  try {
    const answer = JSON.parse(response) as AuthenticationResponseJSON;
    const passkey = await em.findOne(Passkey, { accountId, credentialId: String(answer.id) });
    if (!passkey) return false;
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: false,
      credential: {
        id: passkey.credentialId,
        publicKey: Uint8Array.from(Buffer.from(passkey.publicKey, 'base64url')),
        counter: passkey.counter,
      },
    });
    if (!verified) return false;
    Object.assign(passkey, { counter: authenticationInfo.newCounter, usedAt: new Date() });
    await em.flush();
    return true;
  } catch {
    // The library throws at whatever does not fit: a form of another kind, another challenge, origin, key or counter.
    return false;
  }
}
