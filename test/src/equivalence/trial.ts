import { type Comparison, compare } from './compare.ts';
import type { Contest } from './executors.ts';
import { type ClientOperation, generatedOperations } from './generated-operation.ts';
import { shrink } from './shrink.ts';
import { troubles } from './trouble.ts';

export interface Trial {
  operation: ClientOperation;
  comparison: Comparison;
  /** What to read when the two differ; empty when they do not. */
  report: string;
}

const names = Object.keys(troubles);

/**
 * Compares the two over the document of that number, each of its operations first in one kind of trouble (kinds take turns),
 * then, with other conditions, in every trouble at once.
 */
export async function* trials(contest: Contest, seed: number, number: number): AsyncGenerator<Trial> {
  const word = `${contest.federation.name} ${seed} ${number}`;
  const name = names[number % names.length]!;
  for (const operation of generatedOperations(contest.schema, word)) {
    yield await tried(contest, operation, { name, seed: word });
    yield await tried(contest, { ...operation, variables: flipped(operation.variables) }, { name: 'everything', seed: word });
  }
}

/** What was kept of an operation must not keep its conditions. */
const flipped = (variables: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, typeof value === 'boolean' ? !value : value]));

/** Compares the two over one operation, and tells of a difference by the smallest operation that shows it. */
export async function tried(
  contest: Contest,
  operation: ClientOperation,
  trouble: { name: string; seed: string },
): Promise<Trial> {
  const comparison = await compare(contest, operation, trouble);
  const [first] = comparison.differences;
  if (!first) return { operation, comparison, report: '' };
  const smallest = await shrink(contest.schema, operation, async smaller => {
    const { differences } = await compare(contest, smaller, trouble);
    return differences.includes(first);
  });
  const shown = await compare(contest, smallest, trouble);
  return { operation, comparison, report: told(contest, trouble, smallest, shown) };
}

const told = (
  { federation }: Contest,
  trouble: { name: string; seed: string },
  { query, variables, operationName }: ClientOperation,
  { apollo, own, differences }: Comparison,
): string =>
  [
    `${federation.name}: the executors differ in ${differences.join(', ')}`,
    `trouble: ${trouble.name}, seed: ${trouble.seed}`,
    query,
    `variables: ${JSON.stringify(variables)}${operationName ? `, operationName: ${operationName}` : ''}`,
    ...(['data', 'errors', 'extensions', 'rejection', 'fetches'] as const)
      .filter(part => differences.includes(part) || part === 'data' || part === 'errors')
      .flatMap(part => [`apollo ${part}: ${JSON.stringify(apollo[part])}`, `own    ${part}: ${JSON.stringify(own[part])}`]),
    `fetches: ${apollo.fetches.join('\n  ')}`,
  ].join('\n');
