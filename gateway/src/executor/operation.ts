import type { Operation } from '@apollo/federation-internals';
import type { FetchNode, QueryPlan } from '@apollo/query-planner';
import { Lru } from '@hub/kit/lru';
import { type DocumentNode, type GraphQLSchema, getOperationAST, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { withOwnNames } from './client-names.ts';
import { Conditions, conditionVariables } from './conditions.ts';

import { compilePlan, onlyFetch, type Step } from './plan-steps.ts';
import type { Planning } from './planning.ts';
import { isSameSelection } from './same-selection.ts';
import { compileShape, type Shape } from './shape.ts';
import type { IsSubtype } from './subtypes.ts';

/** Shapes kept of one operation: one for each combination of its conditions that was asked. */
const shapesKept = 16;

/** An operation with everything that is the same each time it is asked. */
export class CompiledOperation {
  /** Fetches what the operation needs; none where it only asks for the schema. */
  readonly fetch: Step | undefined;
  /** Whether one fetch answers it alone, just as the subgraph says it. */
  readonly mayForward: boolean;
  readonly #operation: Operation;
  readonly #defaults: Record<string, unknown>;
  readonly #conditionVariables: readonly string[];
  readonly #shapes = new Lru<string, Shape>(shapesKept);

  constructor(
    { operation, plan }: { operation: Operation; plan: QueryPlan },
    conditions: readonly string[],
    isSubtype: IsSubtype,
    isSaidBy: (fetch: FetchNode) => boolean,
    /** Whether aliases of the client were renamed for the plan (client-names.ts). */
    readonly isRenamed = false,
  ) {
    this.fetch = compilePlan(plan, operation, isSubtype);
    const only = onlyFetch(plan);
    this.mayForward = only !== undefined && isSaidBy(only);
    this.#operation = operation;
    this.#defaults = operation.collectDefaultedVariableValues();
    this.#conditionVariables = conditions;
  }

  /** What the answer becomes with these variables. */
  shape(variables: Record<string, unknown>): Shape {
    const given = (name: string) => (Object.hasOwn(variables, name) ? variables[name] : this.#defaults[name]);
    const key = this.#conditionVariables.map(name => String(given(name))).join();
    const kept = this.#shapes.get(key);
    if (kept) return kept;
    const shape = compileShape(this.#operation, new Conditions(this.#operation, given));
    this.#shapes.set(key, shape);
    return shape;
  }
}

/** Plans and compiles one operation of a document. */
export function compileOperation(
  planning: Planning,
  isSubtype: IsSubtype,
  schema: GraphQLSchema,
  document: DocumentNode,
  definition: OperationDefinitionNode,
): CompiledOperation {
  const renamed = withOwnNames(document, planning.keyNames);
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  const planned = planning.plan(renamed ?? document, definition.name?.value);
  const isSaidBy = ({ operation }: FetchNode) => {
    const sent = parse(operation);
    const schemas = { api: schema, supergraph: planning.supergraphSchema };
    return isSameSelection({ document, definition }, { document: sent, definition: getOperationAST(sent)! }, schemas);
  };
  return new CompiledOperation(planned, conditionVariables(definition, fragments), isSubtype, isSaidBy, renamed !== undefined);
}
