import { HubError } from '@hub/kit/errors';
import { CellProblem } from '@hub/kit/imports/cell-problem';

/** An argument by the rule of a ledger's cell; what is wrong with it is told with the argument's name, the value never. */
export function checkedInput<T>(argument: string, parse: (text: string) => T, text: string): T {
  try {
    return parse(text);
  } catch (problem) {
    if (!(problem instanceof CellProblem)) throw problem;
    const { code, discreet, suggestion } = problem;
    throw new HubError('INVALID_INPUT', `${argument}: ${discreet}`, { reason: code, suggestion });
  }
}
