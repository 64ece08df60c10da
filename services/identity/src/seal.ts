import { createHash } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';

const keyOf = (secret: string, purpose: string) => createHash('sha256').update(`hub ${purpose} ${secret}`).digest();

/** Encrypts what this installation has to read again, for one purpose. */
export const seal = (secret: string, purpose: string, text: string): Promise<string> =>
  new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(keyOf(secret, purpose));

/** What was sealed by this installation for the same purpose; fails for anything else. */
export async function unseal(secret: string, purpose: string, sealed: string): Promise<string> {
  const { plaintext } = await compactDecrypt(sealed, keyOf(secret, purpose));
  return new TextDecoder().decode(plaintext);
}
