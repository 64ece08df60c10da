import { type CompositeType, isCompositeType, type SelectionSet } from '@apollo/federation-internals';
import { completeInto, completeRow, type RowShape } from './complete-row.ts';
import { type Completer, type Completion, called, failed, note } from './completers.ts';
import type { Row } from './merge.ts';
import type { Shaper } from './shape.ts';

/** A value of an object, interface or union type: what it becomes depends on the type it says it is of. */
export class Composite implements Completer {
  readonly #shapes = new Map<string, RowShape>();

  constructor(
    private readonly type: CompositeType,
    private readonly selections: SelectionSet,
    private readonly parent: string,
    private readonly shaper: Shaper,
  ) {}

  complete(value: any, completion: Completion, at: string | number): unknown {
    if (value === null || value === undefined) return null;
    const shape = this.#shapeFor(value, completion, at);
    if (!shape) return failed;
    completion.path.push(at);
    const row = completeRow(shape, value, completion);
    completion.path.pop();
    return row;
  }

  add(present: Row, value: any, completion: Completion, at: string | number): unknown {
    const shape = this.#shapeFor(value, completion, at);
    if (!shape) return failed;
    completion.path.push(at);
    const row = completeInto(present, shape, value, completion);
    completion.path.pop();
    return row;
  }

  #shapeFor(value: any, completion: Completion, at: string | number): RowShape | undefined {
    const { type } = this;
    if (typeof value !== 'object')
      throw new Error(`Invalid non-object value ${value} returned by subgraph for composite type ${type}`);
    const typename: unknown = value.__typename;
    if (typename !== undefined && typeof typename !== 'string')
      throw new Error(`Invalid non-string value ${typename} for __typename at ${[...completion.path, at]}`);
    const shape = this.#shapes.get(typename ?? '') ?? this.#newShape(typename ?? '');
    if (!shape) note(completion, at, `Invalid __typename found for object at ${called(at, type.name, this.parent)}.`);
    return shape;
  }

  #newShape(typename: string): RowShape | undefined {
    const type = typename ? this.shaper.schema.type(typename) : this.type;
    if (!type || !isCompositeType(type)) return undefined;
    const shape = this.shaper.shape(this.selections, typename, type);
    this.#shapes.set(typename, shape);
    return shape;
  }
}
