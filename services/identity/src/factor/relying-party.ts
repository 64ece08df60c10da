import { isIP } from 'node:net';

/** For whom passkeys are made: the name people reach the hub at. */
export interface RelyingParty {
  name: string;
  id: string;
  origin: string;
}

/** Browsers make passkeys for names only, over https or on this machine; undefined where the hub is reached otherwise. */
export function relyingParty(publicUrl: string): RelyingParty | undefined {
  const { hostname, protocol, origin } = new URL(publicUrl);
  const isName = isIP(hostname.replace(/^\[|\]$/g, '')) === 0;
  const isSafe = protocol === 'https:' || hostname === 'localhost';
  return isName && isSafe ? { name: '数据枢纽 Hub', id: hostname, origin } : undefined;
}
