import type { Verify } from '@hub/kit/token';
import type { Role } from '@hub/kit/viewer';
import type { Logger } from 'pino';
import type { BreakerOptions } from './breaker.ts';
import type { TrustedDocument } from './documents/manifest.ts';
import type { Limits } from './limits/settings.ts';
import type { Reloaded } from './reload.ts';

export type Executor = 'hub' | 'apollo';

export interface GatewayOptions {
  supergraphSdl: string;
  /** Where the supergraph is read again on `reload`; without it there is nothing to reload. */
  supergraphFile?: string | undefined;
  /** Base URL by subgraph name; several of one, side by side with commas, share the load. */
  subgraphs: Record<string, string>;
  /** Base URL of a subgraph that a later supergraph brings. */
  laterSubgraph?: ((name: string) => string | undefined) | undefined;
  verify: Verify;
  /** Base URL of the identity service, or of several processes of it side by side with commas; none where another issuer takes its place. */
  identity?: string | undefined;
  host?: string;
  port?: number;
  /** Where people reach it; https makes browsers insist on https. */
  publicUrl?: string | undefined;
  /** Proxies in front, by address or range: what they say of a client's address counts. */
  trustedProxies?: string[] | undefined;
  /** For a whole operation. */
  deadlineMs?: number;
  /** For each call of an import. */
  importDeadlineMs?: number;
  limits?: Partial<Limits>;
  documents?: TrustedDocument[];
  /** Roles that may send nothing but trusted documents. */
  trustedOnly?: Role[];
  breaker?: BreakerOptions;
  /** Milliseconds that a subgraph whose processes are gone is waited for. */
  awayMs?: number;
  /** Who executes plans: our own executor, or that of `@apollo/gateway`, to compare with. */
  executor?: Executor;
  /** Operations that take longer are named in the log, milliseconds. */
  slowMs?: number;
  /** Where operators read `/metrics` and `/status`; any free port of this machine unless said otherwise. */
  operators?: { host: string; port: number };
  log?: Logger;
}

export interface RunningGateway {
  url: string;
  port: number;
  /** Base URL of `/metrics` and `/status`. */
  operatorsUrl: string;
  /** Goes over to the supergraph that is in the file now. */
  reload(): Promise<Reloaded>;
  /** Is not ready any more, and goes on for so many milliseconds before it takes no more connections. */
  leave(milliseconds: number): Promise<void>;
  stop(): Promise<void>;
}
