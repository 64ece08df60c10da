import { type Directive, type Operation, type OperationElement, Variable } from '@apollo/federation-internals';
import { type ASTNode, type DirectiveNode, Kind, visit } from 'graphql';

/** The variables that decide whether a part of an operation is there. */
export function conditionVariables(operation: ASTNode, fragments: readonly ASTNode[]): string[] {
  const names = new Set<string>();
  for (const node of [operation, ...fragments]) {
    visit(node, {
      [Kind.DIRECTIVE]: ({ name, arguments: given = [] }: DirectiveNode) => {
        if (name.value !== 'skip' && name.value !== 'include') return;
        for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
      },
    });
  }
  return [...names];
}

/** Whether `@skip` and `@include` leave a part of an operation, for given variables: asked once for these, not once for each row. */
export class Conditions {
  readonly #skip;
  readonly #include;

  constructor(
    operation: Operation,
    private readonly valueGiven: (variable: string) => unknown,
  ) {
    this.#skip = operation.schema().skipDirective();
    this.#include = operation.schema().includeDirective();
  }

  /** Throws where a nullable variable with a default was given as null. */
  leave(element: OperationElement): boolean {
    const [skip] = element.appliedDirectivesOf(this.#skip);
    if (skip && this.#value(skip)) return false;
    const [include] = element.appliedDirectivesOf(this.#include);
    return !include || this.#value(include);
  }

  #value(directive: Directive<any, any>): boolean {
    const condition = directive.arguments().if;
    if (!(condition instanceof Variable)) return condition;
    const value = this.valueGiven(condition.name);
    if (typeof value === 'boolean') return value;
    throw new Error(`Unexpected value ${value} for variable ${condition} of ${directive}`);
  }
}
