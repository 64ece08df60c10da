import { BlockList, isIP } from 'node:net';
import { z } from 'zod';

/** An address, or a range of addresses. */
function isRange(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  if (bits === undefined) return true;
  if (!/^\d{1,3}$/.test(bits)) return false;
  try {
    new BlockList().addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
    return true;
  } catch {
    return false;
  }
}

/** Proxies whose word about a client's address counts. Anybody else who says x-forwarded-for speaks for themselves. */
export const trustedProxies = z
  .string()
  .default('')
  .transform(text => text.split(/[\s,]+/).filter(Boolean))
  .refine(ranges => ranges.every(isRange), 'must be addresses or ranges with commas between them, such as 10.0.0.5,10.1.0.0/16');
