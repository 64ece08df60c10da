import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import type { CostTable, ListSize } from './cost-table.ts';

/** A list nobody has sized. */
const unsized = 10;
const mutation = 10;
/** The whole schema is a long answer, made by the gateway alone. */
const introspection: Record<string, number> = { __schema: 5_000, __type: 1_000 };

interface Asked {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Record<string, unknown>;
}

/** Lengths that a connection gives to fields below it. */
type Sized = { fields: readonly string[]; size: number } | undefined;

/** What an operation costs before it is run: an object 1, a scalar 0, a mutation 10 more, and a list as often as it may be long. */
export function costOf(asked: Asked, table: CostTable): number {
  const { operation, schema } = asked;
  const root = schema.getRootType(operation.operation);
  const base = operation.operation === 'mutation' ? mutation : 0;
  return base + (root ? new Meter(asked, table).ofSelections(operation.selectionSet, root, undefined) : 0);
}

class Meter {
  readonly #fragments: Map<string, FragmentDefinitionNode>;
  readonly #variables: Record<string, unknown>;

  constructor(
    private readonly asked: Asked,
    private readonly table: CostTable,
  ) {
    const fragments = asked.document.definitions.filter(definition => definition.kind === Kind.FRAGMENT_DEFINITION);
    this.#fragments = new Map(fragments.map(fragment => [fragment.name.value, fragment]));
    const defaults = (asked.operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
    );
    this.#variables = { ...Object.fromEntries(defaults), ...asked.variables };
  }

  ofSelections({ selections }: SelectionSetNode, type: GraphQLNamedType, sized: Sized): number {
    return selections.reduce((sum, selection) => sum + this.#ofSelection(selection, type, sized), 0);
  }

  #ofSelection(selection: SelectionNode, type: GraphQLNamedType, sized: Sized): number {
    if (this.#isLeftOut(selection)) return 0;
    if (selection.kind === Kind.FIELD) return this.#ofField(selection, type, sized);
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
    if (!fragment) return 0;
    const condition = fragment.typeCondition && this.asked.schema.getType(fragment.typeCondition.name.value);
    return this.ofSelections(fragment.selectionSet, condition ?? type, sized);
  }

  #ofField(node: FieldNode, parent: GraphQLNamedType, sized: Sized): number {
    const name = node.name.value;
    if (name.startsWith('__')) return introspection[name] ?? 0;
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    if (!field) return 0;
    const coordinate = `${parent.name}.${name}`;
    const type = getNamedType(field.type);
    const values = this.#valuesOf(node, field.args);
    const listSize = this.table.listSizes.get(coordinate);
    const size = listSize && sizeOf(listSize, values);
    const below = listSize?.sizedFields && size !== undefined ? { fields: listSize.sizedFields, size } : undefined;
    const own = this.#weight(coordinate) ?? this.#weight(type.name) ?? (isCompositeType(type) ? 1 : 0);
    const children = node.selectionSet ? this.ofSelections(node.selectionSet, type, below) : 0;
    const times = isList(field.type) ? (sized?.fields.includes(name) ? sized.size : (size ?? unsized)) : 1;
    return times * (own + children) + this.#ofArguments(coordinate, field.args, values);
  }

  #ofArguments(coordinate: string, args: readonly GraphQLArgument[], values: Record<string, unknown>): number {
    return args.reduce((sum, { name, type }) => {
      if (values[name] === undefined || values[name] === null) return sum;
      return sum + (this.#weight(`${coordinate}(${name}:)`) ?? 0) + this.#ofInput(type, values[name]);
    }, 0);
  }

  #ofInput(type: GraphQLInputType, value: unknown): number {
    if (isNonNullType(type)) return this.#ofInput(type.ofType, value);
    if (isListType(type)) return [value].flat().reduce<number>((sum, item) => sum + this.#ofInput(type.ofType, item), 0);
    const own = this.#weight(type.name) ?? 0;
    if (!isInputObjectType(type) || value === null || typeof value !== 'object') return own;
    return Object.values(type.getFields()).reduce((sum, field) => {
      if (!Object.hasOwn(value, field.name)) return sum;
      const given = (value as Record<string, unknown>)[field.name];
      return sum + (this.#weight(`${type.name}.${field.name}`) ?? 0) + this.#ofInput(field.type, given);
    }, own);
  }

  #weight(coordinate: string): number | undefined {
    return this.table.weights.get(coordinate);
  }

  #valuesOf(node: FieldNode, args: readonly GraphQLArgument[]): Record<string, unknown> {
    const given = new Map((node.arguments ?? []).map(({ name, value }) => [name.value, value]));
    return Object.fromEntries(
      args.map(({ name, defaultValue }) => {
        const value = given.get(name);
        return [name, value ? (valueFromASTUntyped(value, this.#variables) ?? defaultValue) : defaultValue];
      }),
    );
  }

  /** `@skip` and `@include` whose answer is known before the operation runs: all of them. */
  #isLeftOut({ directives = [] }: SelectionNode): boolean {
    return directives.some(({ name, arguments: [condition] = [] }) => {
      const value = condition && valueFromASTUntyped(condition.value, this.#variables);
      return (name.value === 'skip' && value === true) || (name.value === 'include' && value === false);
    });
  }
}

/** The largest of the arguments that bound a list, or what is assumed where none is given. */
function sizeOf({ assumedSize = unsized, slicingArguments = [] }: ListSize, values: Record<string, unknown>): number {
  const sizes = slicingArguments.map(path => valueAt(values, path)).filter(size => Number.isFinite(size)) as number[];
  return sizes.length ? Math.max(0, ...sizes) : assumedSize;
}

const valueAt = (value: unknown, path: string): unknown =>
  path.split('.').reduce<any>((inside, key) => (inside && Object.hasOwn(inside, key) ? inside[key] : undefined), value);

const isList = (type: GraphQLOutputType): boolean => isListType(isNonNullType(type) ? type.ofType : type);
