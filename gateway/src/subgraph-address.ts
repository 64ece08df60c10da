import { addressesIn, httpUrl } from '@hub/kit/env';
import { z } from 'zod';

/** How to reach a subgraph: its origin, the path before its own, and the socket where it listens on this machine. */
export interface SubgraphAddress {
  origin: string;
  path: string;
  socketPath?: string;
}

/** A Unix socket spares TCP between processes of one machine; who may open its file may talk to the subgraph. */
const one = z.union([httpUrl, z.string().regex(/^unix:\/[^\s?#,]+$/)]);

/** Of `HUB_URL_<NAME>`: several processes that serve the same stand side by side, and share the load. */
export const subgraphUrl = z.string().refine(urls => addressesIn(urls).every(url => one.safeParse(url).success), {
  error: 'must be an http:// or https:// URL, or unix:/path/of/a.sock; several stand side by side with commas',
});

export function subgraphAddress(url: string): SubgraphAddress {
  if (url.startsWith('unix:')) return { origin: 'http://localhost', path: '', socketPath: url.slice('unix:'.length) };
  const { origin, pathname } = new URL(url);
  return { origin, path: pathname.replace(/\/$/, '') };
}
