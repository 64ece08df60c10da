import {
  doTypesOverlap,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isIntrospectionType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isUnionType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
} from 'graphql';
import type { Dice } from './dice.ts';
import { VariableWriter } from './variable-writer.ts';

type Field = GraphQLField<unknown, unknown>;

/** Introspection that graphql-js knows and Apollo's planner refuses, as does whatever executor stands behind it. */
const unplanned = new Set(['__Type.isOneOf', '__Directive.isDeprecated', '__Directive.deprecationReason']);

/** Aliases that are another field's name, among them those that keys need; and, rarely, what every object inherits. */
const otherNames = [
  'id',
  'name',
  'title',
  'code',
  'number',
  'a',
  'id',
  'name',
  'code',
  'constructor',
  '__proto__',
  '__typename',
  '_entities',
];

/** Writes one valid operation of a schema, with whatever the language allows: names are shared by equal fields only, so that they merge. */
export class OperationWriter {
  readonly fragments: { name: string; type: GraphQLCompositeType; text: string }[] = [];
  readonly variables: VariableWriter;
  /** What each response name stands for, anywhere in the operation. */
  readonly #meanings = new Map<string, string>();
  readonly #composites: GraphQLCompositeType[];
  readonly #depth: number;
  #fields: number;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly dice: Dice,
    /** Sets apart the operations of one document. */
    private readonly prefix = '',
  ) {
    this.variables = new VariableWriter(schema, dice, prefix);
    this.#composites = Object.values(schema.getTypeMap())
      .filter(isCompositeType)
      .filter(type => !isIntrospectionType(type));
    this.#depth = dice.of([2, 4, 5, 6, 8]);
    this.#fields = dice.of([6, 15, 30, 50]);
  }

  operation(name: string): string {
    const mutation = this.schema.getMutationType();
    const isMutation = mutation !== undefined && mutation !== null && this.dice.oneIn(6);
    const root = isMutation ? mutation : this.schema.getQueryType()!;
    const body = this.#selectionSet(root, 0);
    const head = `${isMutation ? 'mutation' : 'query'} ${name}${this.variables.definitions()}`;
    return [
      `${head}${body}`,
      ...this.fragments.map(({ name: own, type, text }) => `fragment ${own} on ${type.name}${text}`),
    ].join('\n');
  }

  #selectionSet(type: GraphQLCompositeType, depth: number): string {
    const chosen: Field[] = [];
    const count = depth === 0 ? this.dice.of([1, 2, 3]) : this.dice.of([1, 2, 3, 4]);
    const selections = Array.from({ length: count }, () => this.#selection(type, depth, chosen)).filter(text => text !== '');
    return ` { ${selections.length ? selections.join(' ') : this.#typename()} }`;
  }

  #selection(type: GraphQLCompositeType, depth: number, chosen: Field[]): string {
    if (depth > this.#depth + 2 || this.dice.oneIn(isUnionType(type) ? 5 : 12)) return this.#typename() + this.#conditions();
    const isMeta = isIntrospectionType(type);
    if (!isMeta && depth > 0 && (isUnionType(type) || this.dice.oneIn(5))) return this.#fragment(type, depth);
    if (!isMeta && depth === 0 && this.dice.oneIn(8)) return this.#fragment(type, depth);
    if (isUnionType(type)) return '';
    if (type === this.schema.getQueryType() && this.dice.oneIn(25)) {
      return this.#field(this.dice.of([SchemaMetaFieldDef, TypeMetaFieldDef]), this.#depth - 2);
    }
    const isEnd = depth >= this.#depth || this.#fields <= 0;
    const fields = Object.values(type.getFields()).filter(
      field => (!isEnd || isLeafType(getNamedType(field.type))) && !unplanned.has(`${type.name}.${field.name}`),
    );
    if (fields.length === 0) return '';
    const field = chosen.length > 0 && this.dice.oneIn(4) ? this.dice.of(chosen) : this.#prefer(fields, depth);
    chosen.push(field);
    return this.#field(field, depth);
  }

  /** Objects lead further than leaves, of which there are many more. */
  #prefer(fields: Field[], depth: number): Field {
    const further = fields.filter(field => isCompositeType(getNamedType(field.type)));
    return further.length > 0 && depth < this.#depth && this.dice.oneIn(2) ? this.dice.of(further) : this.dice.of(fields);
  }

  #typename(): string {
    return this.#named('__typename', '__typename String!', '__typename');
  }

  #field(field: Field, depth: number): string {
    this.#fields--;
    const args = this.#arguments(field.args);
    const named = getNamedType(field.type);
    const name = this.#named(field.name, `${field.name}${args} ${shapeOf(field.type)}`, `${field.name}${args}`);
    return `${name}${this.#conditions()}${isCompositeType(named) ? this.#selectionSet(named, depth + 1) : ''}`;
  }

  #fragment(type: GraphQLCompositeType, depth: number): string {
    const conditions = this.#conditions();
    if (this.dice.oneIn(12)) return `...${conditions}${this.#selectionSet(type, depth + 1)}`;
    const overlapping = this.#composites.filter(each => doTypesOverlap(this.schema, each, type));
    const of = this.dice.of(this.dice.oneIn(4) ? overlapping : overlapping.filter(each => !isUnionType(each)));
    if (this.dice.oneIn(2)) return `... on ${of.name}${conditions}${this.#selectionSet(of, depth + 1)}`;
    const existing = this.fragments.filter(fragment => doTypesOverlap(this.schema, fragment.type, type));
    if (existing.length > 0 && this.dice.oneIn(2)) return `...${this.dice.of(existing).name}${conditions}`;
    // Its name is known only once it is written: it never spreads itself.
    const text = this.#selectionSet(of, depth + 1);
    const name = `${this.prefix}F${this.fragments.length}`;
    this.fragments.push({ name, type: of, text });
    return `...${name}${conditions}`;
  }

  /** A response name that nothing else has: the field's own, another field's, or one of its own. */
  #named(field: string, meaning: string, text: string): string {
    const wanted = this.dice.oneIn(6) ? [this.dice.of(otherNames)] : [];
    const spare = Array.from({ length: 100 }, (_, i) => `${field.replace(/^_+/, 'meta_')}_${i}`);
    const candidates = this.dice.oneIn(6) ? spare : [...wanted, field, ...spare];
    const name = candidates.find(each => (this.#meanings.get(each) ?? meaning) === meaning)!;
    this.#meanings.set(name, meaning);
    return name === field ? text : `${name}: ${text}`;
  }

  #conditions(): string {
    if (!this.dice.oneIn(10)) return '';
    const directives = this.dice.of([['skip'], ['include'], ['include'], ['skip', 'include']]);
    return directives.map(directive => ` @${directive}(if: ${this.variables.condition(directive)})`).join('');
  }

  #arguments(args: readonly GraphQLArgument[]): string {
    const given = args
      .filter(({ name }) => name !== 'includeDeprecated')
      .filter(argument => isRequiredArgument(argument) || this.dice.oneIn(3))
      .map(({ name, type, defaultValue }) => `${name}: ${this.variables.argument(type, defaultValue !== undefined)}`);
    return given.length ? `(${given.join(', ')})` : '';
  }
}

/** What fields of one response name must have in common, wherever they stand. */
function shapeOf(type: GraphQLOutputType): string {
  if (isNonNullType(type)) return `${shapeOf(type.ofType)}!`;
  if (isListType(type)) return `[${shapeOf(type.ofType)}]`;
  return isLeafType(type) ? type.name : '{}';
}
