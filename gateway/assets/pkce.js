const base64url = bytes => btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, sign => ({ '+': '-', '/': '_' })[sign] ?? '');

/** 32 random bytes as text: a state, a code verifier. */
export const randomText = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

/** The S256 challenge of a code verifier (RFC 7636). */
export async function challengeOf(verifier) {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}

/** What a token of our own identity service says; it came from there directly, so its signature is not checked. */
export function claimsOf(token) {
  const [, claims] = token.split('.');
  const bytes = Uint8Array.from(atob(claims.replace(/-/g, '+').replace(/_/g, '/')), sign => sign.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}
