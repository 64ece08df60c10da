import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientAddress, networkOf } from '../client-address.ts';
import { Accounts } from './accounts.ts';
import { Concurrency } from './concurrency.ts';
import { TooMany } from './too-many.ts';

/** Of one address, at a time: a browser opens six connections, and an office has several. */
const atOnce = 24;

/** Takes a request of somebody who has not said yet who they are, or throws: so many a minute from one address, and so many at a time. */
export function addressRoom(perMinute: number): (request: FastifyRequest, reply: FastifyReply) => void {
  const accounts = new Accounts(perMinute);
  const underWay = new Concurrency();
  return (request, reply) => {
    const network = networkOf(clientAddress(request));
    const milliseconds = accounts.wait(network);
    if (milliseconds > 0) {
      const message = `Too many requests come from your address; ${perMinute} a minute are taken. Go on in ${Math.ceil(milliseconds / 1000)} s.`;
      throw new TooMany(429, message, { reason: 'BUDGET', milliseconds });
    }
    if (underWay.of(network) >= atOnce) {
      const message = `${atOnce} requests of your address are under way, the most allowed: wait for one to be answered.`;
      throw new TooMany(429, message, { reason: 'CONCURRENCY', milliseconds: 1_000 });
    }
    accounts.spend(network, 1);
    reply.raw.once('close', underWay.begin(network));
  };
}
