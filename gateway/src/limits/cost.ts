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
import { type Cost, costWith, hasVariable, onVariables, product, sum, type Variables } from './cost-on-variables.ts';
import type { CostTable, ListSize } from './cost-table.ts';

/** A list nobody has sized. */
const unsized = 10;
const mutation = 10;
/** The whole schema is a long answer, made by the gateway alone. */
const introspection: Record<string, number> = { __schema: 5_000, __type: 1_000 };

export interface Asked {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Record<string, unknown>;
}

/** Lengths that a connection gives to fields below it. */
type Sized = { fields: readonly string[]; size: Cost } | undefined;

const compiled = new WeakMap<CostTable, WeakMap<OperationDefinitionNode, Cost>>();

/** What an operation costs before it is run: an object 1, a scalar 0, an alias 1, a mutation 10 more, and a list as often as it may be long. */
export function costOf(asked: Asked, table: CostTable): number {
  const { operation, variables } = asked;
  const known = compiled.get(table) ?? new WeakMap<OperationDefinitionNode, Cost>();
  compiled.set(table, known);
  const cost = known.get(operation) ?? compile(asked, table);
  known.set(operation, cost);
  return costWith(cost, variables);
}

function compile({ schema, document, operation }: Asked, table: CostTable): Cost {
  const root = schema.getRootType(operation.operation);
  const base = operation.operation === 'mutation' ? mutation : 0;
  const cost = sum([base, root ? new Meter(schema, document, table).ofSelections(operation.selectionSet, root, undefined) : 0]);
  if (typeof cost === 'number') return cost;
  const defaults = Object.fromEntries(
    (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
    ),
  );
  return variables => cost({ ...defaults, ...variables });
}

/** Reads an operation once: most of it costs the same whatever the variables are. */
class Meter {
  readonly #fragments: Map<string, FragmentDefinitionNode>;
  readonly #weighing = new Map<GraphQLNamedType, boolean>();

  constructor(
    private readonly schema: GraphQLSchema,
    { definitions }: DocumentNode,
    private readonly table: CostTable,
  ) {
    const fragments = definitions.filter(definition => definition.kind === Kind.FRAGMENT_DEFINITION);
    this.#fragments = new Map(fragments.map(fragment => [fragment.name.value, fragment]));
  }

  ofSelections({ selections }: SelectionSetNode, type: GraphQLNamedType, sized: Sized): Cost {
    return sum(selections.map(selection => unlessLeftOut(selection, this.#ofSelection(selection, type, sized))));
  }

  #ofSelection(selection: SelectionNode, type: GraphQLNamedType, sized: Sized): Cost {
    if (selection.kind === Kind.FIELD) return this.#ofField(selection, type, sized);
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
    if (!fragment) return 0;
    const condition = fragment.typeCondition && this.schema.getType(fragment.typeCondition.name.value);
    return this.ofSelections(fragment.selectionSet, condition ?? type, sized);
  }

  #ofField(node: FieldNode, parent: GraphQLNamedType, sized: Sized): Cost {
    const name = node.name.value;
    if (name.startsWith('__')) return introspection[name] ?? 0;
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    if (!field) return 0;
    const coordinate = `${parent.name}.${name}`;
    const type = getNamedType(field.type);
    const listSize = this.table.listSizes.get(coordinate);
    const size = listSize && this.#sizeOf(listSize, node, field.args);
    const below = listSize?.sizedFields && size !== undefined ? { fields: listSize.sizedFields, size } : undefined;
    // Each alias of a field is written once more into every row.
    const alias = node.alias && node.alias.value !== name ? 1 : 0;
    const own = this.#weight(coordinate) ?? this.#weight(type.name) ?? (isCompositeType(type) ? 1 : 0);
    const children = node.selectionSet ? this.ofSelections(node.selectionSet, type, below) : 0;
    const times = isList(field.type) ? (sized?.fields.includes(name) ? sized.size : (size ?? unsized)) : 1;
    const argumentCosts = field.args.map(argument => this.#ofArgument(coordinate, argument, node));
    return sum([product(times, sum([own, alias, children])), ...argumentCosts]);
  }

  #sizeOf(listSize: ListSize, node: FieldNode, args: readonly GraphQLArgument[]): Cost {
    const slicing = (listSize.slicingArguments ?? []).map(path => path.split('.')[0]);
    const bounds = args
      .filter(({ name }) => slicing.includes(name))
      .map(argument => [argument.name, argumentOf(argument, node)] as const);
    return onVariables(
      bounds.some(([, { hangs }]) => hangs),
      variables => sizeOf(listSize, Object.fromEntries(bounds.map(([name, { with: given }]) => [name, given(variables)]))),
    );
  }

  #ofArgument(coordinate: string, argument: GraphQLArgument, node: FieldNode): Cost {
    const own = this.#weight(`${coordinate}(${argument.name}:)`) ?? 0;
    if (own === 0 && !this.#weighs(argument.type)) return 0;
    const { hangs, with: given } = argumentOf(argument, node);
    return onVariables(hangs, variables => {
      const value = given(variables);
      return value === undefined || value === null ? 0 : own + this.#ofInput(argument.type, value);
    });
  }

  #ofInput(type: GraphQLInputType, value: unknown): number {
    if (isNonNullType(type)) return this.#ofInput(type.ofType, value);
    if (!this.#weighs(type)) return 0;
    if (isListType(type)) return [value].flat().reduce<number>((sum, item) => sum + this.#ofInput(type.ofType, item), 0);
    const own = this.#weight(type.name) ?? 0;
    if (!isInputObjectType(type) || value === null || typeof value !== 'object') return own;
    return Object.values(type.getFields()).reduce((sum, field) => {
      if (!Object.hasOwn(value, field.name)) return sum;
      const given = (value as Record<string, unknown>)[field.name];
      return sum + (this.#weight(`${type.name}.${field.name}`) ?? 0) + this.#ofInput(field.type, given);
    }, own);
  }

  /** Whether a value of the type can cost anything: spares the walk through thousands of imported cells. */
  #weighs(type: GraphQLInputType): boolean {
    const named = getNamedType(type);
    const weighs = this.#weighing.get(named) ?? this.#canWeigh(named, new Set());
    this.#weighing.set(named, weighs);
    return weighs;
  }

  #canWeigh(type: GraphQLNamedType, above: Set<GraphQLNamedType>): boolean {
    if (this.#weight(type.name)) return true;
    if (!isInputObjectType(type) || above.has(type)) return false;
    above.add(type);
    return Object.values(type.getFields()).some(
      field => this.#weight(`${type.name}.${field.name}`) || this.#canWeigh(getNamedType(field.type), above),
    );
  }

  #weight(coordinate: string): number | undefined {
    return this.table.weights.get(coordinate);
  }
}

/** The value of an argument, and whether it hangs on variables. */
function argumentOf(
  { name, defaultValue }: GraphQLArgument,
  node: FieldNode,
): { hangs: boolean; with: (variables: Variables) => unknown } {
  const value = node.arguments?.find(given => given.name.value === name)?.value;
  if (!value) return { hangs: false, with: () => defaultValue };
  return { hangs: hasVariable(value), with: variables => valueFromASTUntyped(value, variables) ?? defaultValue };
}

/** `@skip` and `@include` whose answer is known before the operation runs: all of them. */
function unlessLeftOut({ directives = [] }: SelectionNode, cost: Cost): Cost {
  const conditions = directives.flatMap(({ name, arguments: [condition] = [] }) =>
    condition && (name.value === 'skip' || name.value === 'include')
      ? [{ value: condition.value, leavesOut: name.value === 'skip' }]
      : [],
  );
  if (conditions.length === 0) return cost;
  const leftOut = (variables: Variables) =>
    conditions.some(({ value, leavesOut }) => valueFromASTUntyped(value, variables) === leavesOut);
  return onVariables(typeof cost !== 'number' || conditions.some(({ value }) => hasVariable(value)), variables =>
    leftOut(variables) ? 0 : costWith(cost, variables),
  );
}

/** The largest of the arguments that bound a list, or what is assumed where none is given. */
function sizeOf({ assumedSize = unsized, slicingArguments = [] }: ListSize, values: Record<string, unknown>): number {
  const sizes = slicingArguments.map(path => valueAt(values, path)).filter(size => Number.isFinite(size)) as number[];
  return sizes.length ? Math.max(0, ...sizes) : assumedSize;
}

const valueAt = (value: unknown, path: string): unknown =>
  path.split('.').reduce<any>((inside, key) => (inside && Object.hasOwn(inside, key) ? inside[key] : undefined), value);

const isList = (type: GraphQLOutputType): boolean => isListType(isNonNullType(type) ? type.ofType : type);
