import {
  isCustomScalarType,
  isEnumType,
  isListType,
  isNonNullType,
  type NamedType,
  type OutputType,
} from '@apollo/federation-internals';
import { type Completer, type Completion, called, failed, note } from './completers.ts';

/** A scalar or enum value: taken as the subgraph said it, if the type has such a value. */
export class Leaf implements Completer {
  readonly #accepts;
  readonly #type;

  constructor(
    type: NamedType,
    private readonly parent: string,
  ) {
    this.#accepts = acceptanceOf(type);
    this.#type = type.name;
  }

  complete(value: unknown, completion: Completion, at: string | number): unknown {
    if (value === null || value === undefined) return null;
    if (this.#accepts(value)) return value;
    note(completion, at, `Invalid value found for ${called(at, this.#type, this.parent)}.`);
    return failed;
  }
}

/** The `typeof` of values that a field can hold whatever they are. */
export function soundType(type: OutputType): string | undefined {
  const leaf = isNonNullType(type) ? type.ofType : type;
  if (isListType(leaf)) return undefined;
  if (leaf.name === 'Boolean') return 'boolean';
  return leaf.name === 'String' || leaf.name === 'ID' || isCustomScalarType(leaf) ? 'string' : undefined;
}

const isInteger = (value: unknown) => Number.isInteger(value) && Math.abs(value as number) < 1e21;

const builtIn: Record<string, (value: unknown) => boolean> = {
  Boolean: value => typeof value === 'boolean',
  Int: isInteger,
  Float: Number.isFinite,
  String: value => typeof value === 'string',
  ID: value => typeof value === 'string' || isInteger(value),
};

function acceptanceOf(type: NamedType): (value: unknown) => boolean {
  if (isCustomScalarType(type)) return () => true;
  if (isEnumType(type)) {
    const values = new Set<unknown>(type.values.map(({ name }) => name));
    return value => values.has(value);
  }
  return builtIn[type.name]!;
}
