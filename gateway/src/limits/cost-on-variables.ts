import { Kind, type ValueNode } from 'graphql';

export type Variables = Record<string, unknown>;

/** What a part of an operation costs: known when it is read, or a matter of its variables. */
export type Cost = number | ((variables: Variables) => number);

export const costWith = (cost: Cost, variables: Variables): number => (typeof cost === 'number' ? cost : cost(variables));

/** What is worked out at once unless it hangs on variables. */
export const onVariables = (hangs: boolean, work: (variables: Variables) => number): Cost => (hangs ? work : work({}));

export function sum(parts: readonly Cost[]): Cost {
  const open = parts.filter(part => typeof part !== 'number');
  const fixed = parts.reduce<number>((total, part) => (typeof part === 'number' ? total + part : total), 0);
  return onVariables(open.length > 0, variables => open.reduce((total, part) => total + part(variables), fixed));
}

export const product = (times: Cost, cost: Cost): Cost =>
  onVariables(
    typeof times !== 'number' || typeof cost !== 'number',
    variables => costWith(times, variables) * costWith(cost, variables),
  );

export const hasVariable = (value: ValueNode): boolean =>
  value.kind === Kind.VARIABLE ||
  (value.kind === Kind.LIST && value.values.some(hasVariable)) ||
  (value.kind === Kind.OBJECT && value.fields.some(field => hasVariable(field.value)));
