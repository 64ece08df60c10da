import {
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';
import type { Dice } from './dice.ts';

interface Variable {
  name: string;
  type: string;
  /** With `= ` before it. */
  defaultText: string;
}

/** Literals for arguments, and variables in their place: with defaults, left out, null. */
export class VariableWriter {
  readonly #defined: Variable[] = [];
  readonly values: Record<string, unknown> = {};

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly dice: Dice,
    private readonly prefix: string,
  ) {}

  definitions(): string {
    const all = this.#defined.map(({ name, type, defaultText }) => `$${name}: ${type}${defaultText}`);
    return all.length ? `(${all.join(', ')})` : '';
  }

  /** What `@skip` and `@include` take; mostly so that the selection stays. */
  condition(directive: string): string {
    const stays = directive === 'include';
    if (this.dice.oneIn(2)) return String(this.dice.of([stays, stays, !stays]));
    const used = this.#defined.filter(({ type }) => type === 'Boolean!');
    if (used.length > 0 && this.dice.oneIn(2)) return `$${this.dice.of(used).name}`;
    const value = this.dice.of([stays, stays, !stays]);
    if (this.dice.oneIn(3)) return this.#define('Boolean', ` = ${this.dice.of([true, false])}`, this.dice.of([value, undefined]));
    return this.#define('Boolean!', this.dice.oneIn(4) ? ` = ${!value}` : '', value);
  }

  argument(type: GraphQLInputType, hasDefault: boolean): string {
    return this.dice.oneIn(3) ? this.#variable(type, hasDefault) : this.#literal(type, 0);
  }

  #variable(type: GraphQLInputType, hasDefault: boolean): string {
    const same = this.#defined.filter(variable => variable.type === String(type));
    if (same.length > 0 && this.dice.oneIn(3)) return `$${this.dice.of(same).name}`;
    if (!isNonNullType(type)) {
      const value = this.dice.of([this.#json(type, 0), this.#json(type, 0), null, undefined]);
      if (this.dice.oneIn(4)) return this.#define(`${type}!`, '', this.#json(type, 0));
      return this.#define(String(type), this.dice.oneIn(3) ? ` = ${this.#constant(type)}` : '', value);
    }
    // A variable that may be null may stand here when it, or the place, has a default.
    const value = this.dice.oneIn(40) ? undefined : this.#json(type.ofType, 0);
    if (this.dice.oneIn(4))
      return this.#define(String(type.ofType), ` = ${this.#constant(type.ofType)}`, this.dice.of([value, undefined]));
    if (hasDefault && this.dice.oneIn(3)) return this.#define(String(type.ofType), '', this.dice.of([value, undefined]));
    return this.#define(String(type), '', value);
  }

  #define(type: string, defaultText: string, value: unknown): string {
    // The one name that the gateway's own requests use: given, it is refused; else a subgraph would take the gateway's for the client's.
    const isTaken = value === undefined || this.#defined.some(variable => variable.name === 'representations');
    const isAwkward = !isTaken && this.dice.oneIn(60);
    const name = isAwkward ? 'representations' : `${this.prefix}v${this.#defined.length}`;
    this.#defined.push({ name, type, defaultText });
    if (value !== undefined) this.values[name] = value;
    return `$${name}`;
  }

  #literal(type: GraphQLInputType, depth: number): string {
    if (!isNonNullType(type) && this.dice.oneIn(10)) return 'null';
    if (depth > 0 && this.dice.oneIn(8)) return this.#variable(type, false);
    const inner = isNonNullType(type) ? type.ofType : type;
    if (isListType(inner)) return `[${this.#few(() => this.#literal(inner.ofType, depth + 1)).join(', ')}]`;
    if (!isInputObjectType(inner)) return this.#constant(inner);
    const fields = this.#fields(inner, depth).map(field => `${field.name}: ${this.#literal(field.type, depth + 1)}`);
    return `{ ${fields.join(', ')} }`;
  }

  /** A literal without variables, never null. */
  #constant(type: GraphQLInputType): string {
    if (isNonNullType(type)) return this.#constant(type.ofType);
    if (isListType(type)) return `[${this.#few(() => this.#constant(type.ofType)).join(', ')}]`;
    if (isInputObjectType(type)) {
      return `{ ${this.#fields(type, 2)
        .map(field => `${field.name}: ${this.#constant(field.type)}`)
        .join(', ')} }`;
    }
    const value = this.#json(type, 0);
    return isEnumType(type) ? String(value) : JSON.stringify(value);
  }

  #json(type: GraphQLInputType, depth: number): unknown {
    if (isNonNullType(type)) return this.#json(type.ofType, depth);
    if (depth > 0 && this.dice.oneIn(12)) return isListType(type) ? [] : this.#leaf(type);
    if (isListType(type)) return this.#few(() => this.#json(type.ofType, depth + 1));
    if (!isInputObjectType(type)) return this.#leaf(type);
    return Object.fromEntries(this.#fields(type, depth).map(field => [field.name, this.#json(field.type, depth + 1)]));
  }

  #leaf(type: GraphQLInputType): unknown {
    if (isNonNullType(type) || isListType(type) || isInputObjectType(type)) return this.#json(type, 1);
    if (isEnumType(type)) return this.dice.of(type.getValues()).name;
    if (type.name === 'Int') return this.dice.of([0, 1, 2, -3, 200]);
    if (type.name === 'Float') return this.dice.of([0, 1.5, -2, 1e21]);
    if (type.name === 'Boolean') return this.dice.of([true, false]);
    // Names of types among them: `__type` is asked for one.
    return this.dice.of(['1', 'text', '名 "\\" \n', '', ...Object.keys(this.schema.getTypeMap()).slice(0, 12)]);
  }

  #fields(type: Extract<GraphQLInputType, { getFields: unknown }>, depth: number) {
    return Object.values(type.getFields()).filter(field => isRequiredInputField(field) || (depth < 3 && this.dice.oneIn(3)));
  }

  #few<T>(make: () => T): T[] {
    return Array.from({ length: this.dice.of([0, 1, 2]) }, make);
  }
}
