import { HubError } from '@hub/kit/errors';

/** A state machine as a table: from which states an action starts, and where it leads. */
export type Steps<State extends string, Action extends string> = Record<Action, { from: readonly State[]; to: State }>;

export const wrongState = <State extends string, Action extends string>(
  steps: Steps<State, Action>,
  state: State,
  action: Action,
): HubError | undefined =>
  steps[action].from.includes(state)
    ? undefined
    : new HubError('NOT_ALLOWED', `${action} needs the state ${steps[action].from.join(' or ')}; it is ${state}.`);
