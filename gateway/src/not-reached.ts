import { HubError } from '@hub/kit/errors';

/** Nothing was sent to a subgraph, or it said that it is leaving before it did anything. */
export class NotReached extends HubError {
  constructor(subgraph: string, advice = 'Try again.') {
    super('UNAVAILABLE', `The part "${subgraph}" of the hub is not reachable; nothing was done in it. ${advice}`, {
      retryable: true,
    });
  }
}
