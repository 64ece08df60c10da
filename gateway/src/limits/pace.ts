import type { FastifyInstance, FastifyRequest } from 'fastify';
import { clientAddress, networkOf } from '../client-address.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose refusals it counts to, once they have said who they are. */
    pacedAs?: string;
  }
}

/** Each refusal beyond what is in order makes whoever earned it wait so much longer before the next request is heard, milliseconds. */
const step = 20;
const longest = 1_000;
/** Bodies of this size count as another refusal: they are read and looked through before they are refused. */
const bytesOfOne = 50_000;
const mostKept = 10_000;

/** Whose fault it was. What failed in the hub, or met somebody else's change, makes nobody wait. */
const earned = ['UNAUTHENTICATED', 'FORBIDDEN', 'INVALID_INPUT', 'IDEMPOTENCY_MISMATCH', 'LIMIT_EXCEEDED'];

/**
 * A refusal costs the hub little, and hundreds a second cost it what others need: who is refused again and again is heard less often. Refusals
 * fade within seconds, and whoever sends one request at a time hardly notices.
 */
export class Pace {
  readonly #refusals = new Map<string, { weight: number; at: number }>();

  /** So many refusals a second are in order. */
  constructor(private readonly inOrder: number) {}

  /** Of a viewer, or of an address where nobody has said who they are. */
  refused(key: string, weight = 1): void {
    const fresh = { weight: this.#weight(key) + weight, at: Date.now() };
    this.#refusals.delete(key);
    this.#refusals.set(key, fresh);
    for (const oldest of this.#refusals.keys()) {
      if (this.#refusals.size <= mostKept && this.#weight(oldest) > 0.1) return;
      this.#refusals.delete(oldest);
    }
  }

  /** Milliseconds that whoever it is waits before being heard. */
  wait(key: string): number {
    const excess = this.#weight(key) - this.inOrder;
    return excess <= 0 ? 0 : Math.min(longest, excess * step);
  }

  async hear(key: string): Promise<void> {
    const milliseconds = this.wait(key);
    if (milliseconds > 0) await new Promise(resolve => setTimeout(resolve, milliseconds).unref());
  }

  #weight(key: string): number {
    const known = this.#refusals.get(key);
    return known ? known.weight * Math.exp((known.at - Date.now()) / 1000) : 0;
  }
}

export const addressKey = (request: FastifyRequest): string => `address ${networkOf(clientAddress(request))}`;

/** Counts what each request met. */
export function countRefusals(app: FastifyInstance, pace: Pace): void {
  app.decorateRequest('pacedAs', undefined);
  app.addHook('onResponse', async (request, reply) => {
    const { caller, refused = caller?.asked.outcome } = request;
    // The identity service's answers pass through unread.
    const isEarned = refused === undefined ? reply.statusCode >= 400 && reply.statusCode < 500 : earned.includes(refused);
    if (!isEarned) return;
    const weight = 1 + Number(request.headers['content-length'] ?? 0) / bytesOfOne;
    pace.refused(request.pacedAs ?? addressKey(request), weight);
  });
}
