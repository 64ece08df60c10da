import { ERRORS, type FieldSelection } from '@apollo/federation-internals';
import type { GraphQLError } from 'graphql';

/** One answer being completed: where in it we are, and what was wrong so far. */
export interface Completion {
  path: (string | number)[];
  errors: GraphQLError[];
  /** The value of a field of the schema itself (`__schema`, `__type`). */
  introspect(field: FieldSelection): unknown;
}

/** Null because of a fault that has been noted; it goes up to where a null may stand. */
export const failed = Symbol('failed');

/** Turns what subgraphs answered for a position into what the schema promises there. `at` is the last step of the path to it. */
export interface Completer {
  complete(value: unknown, completion: Completion, at: string | number): unknown;
  /** Adds what another selection of the same field asks for to a value that was completed; leaves have nothing to add. */
  add?(present: any, value: unknown, completion: Completion, at: string | number): unknown;
}

/** Notes a fault of an answer. A client reads it as a note on value completion, never as an error of its own. */
export function note({ errors, path }: Completion, at: string | number, message: string): void {
  errors.push(ERRORS.INVALID_GRAPHQL.err(message, { path: [...path, at] }));
}

/** How a note calls a position. */
export const called = (at: string | number, type: string, parent: string) =>
  typeof at === 'string' ? `field ${parent}.${at}` : `array element of type ${type} at index ${at}`;

export class NonNull implements Completer {
  constructor(
    private readonly inner: Completer,
    private readonly type: string,
    private readonly parent: string,
  ) {}

  complete(value: unknown, completion: Completion, at: string | number): unknown {
    return this.#present(this.inner.complete(value, completion, at), completion, at);
  }

  add(present: any, value: unknown, completion: Completion, at: string | number): unknown {
    return this.inner.add ? this.#present(this.inner.add(present, value, completion, at), completion, at) : present;
  }

  #present(result: unknown, completion: Completion, at: string | number): unknown {
    if (result !== null) return result;
    note(completion, at, `Cannot return null for non-nullable ${called(at, this.type, this.parent)}.`);
    return failed;
  }
}

export class List implements Completer {
  constructor(
    private readonly inner: Completer,
    private readonly type: string,
    private readonly isOfNonNull: boolean,
  ) {}

  complete(value: unknown, completion: Completion, at: string | number): unknown {
    if (value === null || value === undefined) return null;
    if (!Array.isArray(value)) throw new Error(`Invalid non-list value ${value} returned by subgraph for list type ${this.type}`);
    let list = value;
    let isNull = false;
    completion.path.push(at);
    for (let i = 0; i < value.length; i++) {
      let result = this.inner.complete(value[i], completion, i);
      if (result === value[i]) continue;
      if (result === failed) {
        isNull ||= this.isOfNonNull;
        result = null;
      }
      // Only a list with something to change is copied.
      if (list === value) list = value.slice();
      list[i] = result;
    }
    completion.path.pop();
    return isNull ? failed : list;
  }

  add(present: any[], value: unknown, completion: Completion, at: string | number): unknown {
    const { inner } = this;
    if (!inner.add) return present;
    let isNull = false;
    completion.path.push(at);
    const list = present.map((element, i) => {
      const result = element === null ? null : inner.add!(element, (value as unknown[])[i], completion, i);
      if (result !== failed) return result;
      isNull ||= this.isOfNonNull;
      return null;
    });
    completion.path.pop();
    return isNull ? failed : list;
  }
}
