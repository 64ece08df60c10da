import type { Caller } from '../caller.ts';
import type { Execute } from './executor.ts';
import { OverApollo } from './over-apollo.ts';
import { weighed } from './weighed.ts';

/** Apollo's gateway with its own executor, whose answers are weighed as ours are: it does not say how often a part stands in one. */
export class WeighedGateway extends OverApollo {
  readonly executor: Execute = async context => {
    const caller = context.context as Caller;
    const answer = await this.gateway.executor(context);
    return caller.isRehearsal ? answer : weighed(answer, caller, false);
  };
}
