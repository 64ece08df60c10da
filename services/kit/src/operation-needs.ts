import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import { scopesAt, scopesAtType } from './needs-directive.ts';
import { isOfRole } from './writers.ts';

/** Scopes, each with the first place that needs it. */
export type Required = Map<string, string>;

/** Where a need hangs on the value of a variable. */
export interface OpenNeed {
  variable: string;
  fallback: unknown;
  type: GraphQLInputType;
  scopes: readonly string[];
  path: string;
}

export function note(required: Required, scopes: readonly string[], path: string): void {
  for (const scope of scopes) if (!required.has(scope)) required.set(scope, path);
}

/**
 * What one operation needs whatever its variables are, and where it depends on them. Each fragment is read a single time, wherever it
 * is spread; `@skip` and `@include` change nothing.
 */
export class OperationNeeds {
  readonly fixed: Required = new Map();
  readonly open: OpenNeed[] = [];
  private readonly fragments: Map<string, FragmentDefinitionNode>;
  private readonly spread = new Set<string>();

  constructor(
    private readonly schema: GraphQLSchema,
    /** Whether a value of the type can need a scope. */
    private readonly decides: (type: GraphQLInputType) => boolean,
    { definitions }: DocumentNode,
    private readonly operation: OperationDefinitionNode,
  ) {
    const fragments = definitions.filter(definition => definition.kind === Kind.FRAGMENT_DEFINITION);
    this.fragments = new Map(fragments.map(fragment => [fragment.name.value, fragment]));
    this.selections(operation.selectionSet, schema.getRootType(operation.operation), '');
  }

  private selections({ selections }: SelectionSetNode, parent: GraphQLNamedType | null | undefined, path: string) {
    if (!parent) return;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) this.field(selection, parent, path);
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const on = selection.typeCondition ? this.schema.getType(selection.typeCondition.name.value) : parent;
        this.selections(selection.selectionSet, on, path);
      } else this.fragment(selection.name.value, path);
    }
  }

  private fragment(name: string, path: string) {
    const fragment = this.fragments.get(name);
    if (!fragment || this.spread.has(name)) return;
    this.spread.add(name);
    this.selections(fragment.selectionSet, this.schema.getType(fragment.typeCondition.name.value), path);
  }

  /** A field of an interface is that of every type which may stand there. */
  private field(node: FieldNode, parent: GraphQLNamedType, above: string) {
    const name = node.name.value;
    if (name.startsWith('__')) return;
    const path = above ? `${above}.${name}` : name;
    const types = isAbstractType(parent) ? [parent, ...this.schema.getPossibleTypes(parent)] : [parent];
    for (const type of types) {
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
      if (!field) continue;
      note(this.fixed, [...scopesAtType(type), ...scopesAt(field.astNode)], path);
      for (const argument of field.args) {
        const given = node.arguments?.find(each => each.name.value === argument.name)?.value;
        this.given(given, argument, `${path}.${argument.name}`);
      }
      if (node.selectionSet && type === parent) this.selections(node.selectionSet, getNamedType(field.type), path);
    }
  }

  private given(value: ValueNode | undefined, { type, astNode }: GraphQLArgument | GraphQLInputField, path: string) {
    if (value) this.value(value, type, scopesAt(astNode), path);
    // A variable without a value leaves the default standing.
    if (astNode?.defaultValue && (!value || value.kind === Kind.VARIABLE)) this.value(astNode.defaultValue, type, [], path);
  }

  private value(value: ValueNode, type: GraphQLInputType, scopes: readonly string[], path: string) {
    if (value.kind === Kind.VARIABLE) {
      if (scopes.length > 0 || this.decides(type)) this.later(value.name.value, type, scopes, path);
      return;
    }
    if (value.kind === Kind.NULL) {
      note(this.fixed, scopes.filter(isOfRole), path);
      return;
    }
    note(this.fixed, scopes, path);
    const named = getNamedType(type);
    if (value.kind === Kind.LIST) for (const each of value.values) this.value(each, type, [], path);
    if (value.kind === Kind.ENUM && isEnumType(named)) note(this.fixed, scopesAt(named.getValue(value.value)?.astNode), path);
    if (value.kind === Kind.OBJECT && isInputObjectType(named))
      for (const field of Object.values(named.getFields())) {
        const given = value.fields.find(each => each.name.value === field.name)?.value;
        this.given(given, field, `${path}.${field.name}`);
      }
  }

  private later(variable: string, type: GraphQLInputType, scopes: readonly string[], path: string) {
    const defined = this.operation.variableDefinitions?.find(each => each.variable.name.value === variable);
    const fallback = defined?.defaultValue && valueFromASTUntyped(defined.defaultValue);
    this.open.push({ variable, fallback, type, scopes, path });
  }
}
