import { isIPv6 } from 'node:net';

/** The address a request comes from: the one at the other end of its connection, or what a trusted proxy there says of its client. */
export const clientAddress = ({ ip }: { ip: string }): string => ip.replace(/^::ffff:(?=\d+\.)/, '');

/** What limits are counted by. An IPv6 network of 64 bits is one client's: it has more addresses than could be counted. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const [first, last] = [head, tail ?? ''].map(part => (part === '' ? [] : part.split(':')));
  const missing = tail === undefined ? 0 : 8 - first!.length - last!.length;
  return [...first!, ...Array<string>(missing).fill('0'), ...last!].slice(0, 4).join(':');
}
