import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  type OperationDefinitionNode,
  valueFromASTUntyped,
} from 'graphql';
import { HubError } from './errors.ts';
import { scopesAt } from './needs-directive.ts';
import { note, OperationNeeds, type Required } from './operation-needs.ts';
import type { Viewer } from './viewer.ts';
import { heldBy, isOfRole } from './writers.ts';

export interface Asked {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables?: Record<string, unknown>;
}

/** What the parts of a schema need, as its `@needs` directives say. Pure: the gateway and every subgraph apply the same. */
export class Needs {
  private readonly operations = new WeakMap<OperationDefinitionNode, OperationNeeds>();
  private readonly deciding = new Map<GraphQLNamedType, boolean>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** The scopes an operation needs. Read once per parsed document; only what hangs on variables is looked at again. */
  required({ document, operation, variables = {} }: Asked): Required {
    const { fixed, open } = this.operationNeeds(document, operation);
    if (open.length === 0) return fixed;
    const required = new Map(fixed);
    for (const { variable, fallback, type, scopes, path } of open) {
      const given = variables[variable];
      this.value(required, given === undefined ? fallback : given, type, scopes, path);
    }
    return required;
  }

  /** Refuses an operation whole, before anything of it is done, naming every scope that is missing. */
  check(asked: Asked, viewer: Pick<Viewer, 'role' | 'scopes'>): void {
    const held = heldBy(viewer);
    const missing = [...this.required(asked)].filter(([need]) => !held.has(need));
    if (missing.length === 0) return;
    const [, kept] = missing.find(([need]) => isOfRole(need)) ?? [];
    if (kept !== undefined)
      throw new HubError('FORBIDDEN', `${kept}: only the committee writes it, leave it out (该项仅由委员会填写).`, {
        http: { status: 403 },
      });
    const named = missing.map(([scope, path]) => `${scope}, which ${path} needs`).join('; and ');
    const extensions = { missing: missing.map(([scope]) => scope), http: { status: 403 } };
    throw new HubError('FORBIDDEN', `The token lacks the scope ${named}.`, extensions);
  }

  private operationNeeds(document: DocumentNode, operation: OperationDefinitionNode): OperationNeeds {
    const known = this.operations.get(operation);
    if (known) return known;
    const needs = new OperationNeeds(this.schema, type => this.decides(type), document, operation);
    this.operations.set(operation, needs);
    return needs;
  }

  /** As graphql-js coerces it: one value may stand for a list, and null is no value. */
  private value(required: Required, value: any, type: GraphQLInputType, scopes: readonly string[], path: string) {
    if (value === null) note(required, scopes.filter(isOfRole), path);
    if (value == null) return;
    note(required, scopes, path);
    const named = getNamedType(type);
    if (Array.isArray(value)) for (const each of value) this.value(required, each, type, [], path);
    else if (isEnumType(named)) note(required, scopesAt(named.getValue(String(value))?.astNode), path);
    else if (isInputObjectType(named) && this.decides(named))
      for (const { name, type: of, astNode } of Object.values(named.getFields())) {
        const standing = astNode?.defaultValue && valueFromASTUntyped(astNode.defaultValue);
        this.value(required, value[name] === undefined ? standing : value[name], of, scopesAt(astNode), `${path}.${name}`);
      }
  }

  /** Whether a value of the type can need a scope: spares the walk through thousands of imported cells. */
  private decides(type: GraphQLInputType): boolean {
    const named = getNamedType(type);
    const decides = this.deciding.get(named) ?? canNeed(named, new Set());
    this.deciding.set(named, decides);
    return decides;
  }
}

function canNeed(type: GraphQLNamedType, above: Set<GraphQLNamedType>): boolean {
  if (isEnumType(type)) return type.getValues().some(({ astNode }) => scopesAt(astNode).length > 0);
  if (!isInputObjectType(type) || above.has(type)) return false;
  above.add(type);
  return Object.values(type.getFields()).some(
    ({ astNode, type: of }) => scopesAt(astNode).length > 0 || canNeed(getNamedType(of), above),
  );
}

const known = new WeakMap<GraphQLSchema, Needs>();

/** The needs of a schema, made once. */
export function needsOf(schema: GraphQLSchema): Needs {
  const needs = known.get(schema) ?? new Needs(schema);
  known.set(schema, needs);
  return needs;
}
