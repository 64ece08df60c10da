import type { Operation } from '@apollo/federation-internals';
import { evaluateCondition, type FetchNode, type PlanNode, type QueryPlan, type ResponsePath } from '@apollo/query-planner';
import type { Execution } from './execution.ts';
import { compileFetch } from './fetch.ts';
import { compileFlatten } from './flatten.ts';
import type { Row } from './merge.ts';
import type { IsSubtype } from './subtypes.ts';

/** One node of a plan, run on what its path has led to: a row, a list of rows, or nothing. */
export type Step = (execution: Execution, found: any) => Promise<void> | undefined;

/** Compiles a plan into functions that know their path, their text and what comes next. */
export function compilePlan({ node }: QueryPlan, operation: Operation, isSubtype: IsSubtype): Step | undefined {
  if (node?.kind === 'Subscription') throw new Error('Execution of subscriptions not supported by gateway');
  return node && compileNode(node, [], operation, isSubtype);
}

/** The fetch of a plan that is nothing else, if its answer is the operation's own as it stands. */
export function onlyFetch({ node }: QueryPlan): FetchNode | undefined {
  return node?.kind === 'Fetch' && !node.requires && !node.outputRewrites?.length ? node : undefined;
}

function compileNode(node: PlanNode, path: ResponsePath, operation: Operation, isSubtype: IsSubtype): Step {
  const compile = (child: PlanNode, at = path) => compileNode(child, at, operation, isSubtype);
  switch (node.kind) {
    case 'Sequence': {
      const steps = node.nodes.map(child => compile(child));
      return async (execution, found) => {
        for (const step of steps) await step(execution, found);
      };
    }
    case 'Parallel': {
      const steps = node.nodes.map(child => compile(child));
      return async (execution, found) => {
        // One that throws must not leave the others' promises without a reader.
        await Promise.all(steps.map(async step => step(execution, found)));
      };
    }
    case 'Flatten': {
      const flatten = compileFlatten(node.path);
      const step = compile(node.node, [...path, ...node.path]);
      return (execution, found) => {
        const flat = flatten(found);
        return flat ? step(execution, flat) : undefined;
      };
    }
    case 'Fetch': {
      const fetch = compileFetch(node, path, isSubtype);
      return (execution, found) => fetch(execution, rowsOf(found));
    }
    case 'Condition': {
      const { ifClause, elseClause } = node;
      const [then, otherwise] = [ifClause && compile(ifClause), elseClause && compile(elseClause)];
      return (execution, found) => {
        const holds = evaluateCondition(node, operation.variableDefinitions, execution.variables);
        return (holds ? then : otherwise)?.(execution, found);
      };
    }
    case 'Defer':
      throw new Error('@defer support is not available in the gateway');
  }
}

const rowsOf = (found: any): Row[] => (Array.isArray(found) ? found.filter(row => row !== null && row !== undefined) : [found]);
