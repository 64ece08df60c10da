import { type Completer, type Completion, failed } from './completers.ts';
import type { Row } from './merge.ts';

/** One field of the rows of a type. */
export interface FieldStep {
  /** Its name in the answers of the subgraphs and to the client. */
  key: string;
  isNonNull: boolean;
  completer: Completer;
  /** A `typeof` whose values are right as they are: most need no other look. */
  sound?: string | undefined;
}

/** What rows of one type become. */
export interface RowShape {
  steps: readonly FieldStep[];
  /** Whether a key occurs in several steps: the later ones add to what the first made. */
  isRepeated: boolean;
  /** Whether a row that holds exactly what was asked, in its order, may be handed on as it is. */
  mayStay: boolean;
  /** Whether a key is one that every object inherits something under. */
  isInherited: boolean;
}

export function rowShape(steps: readonly FieldStep[], isRepeated: boolean, isAddedTo: boolean): RowShape {
  const isInherited = isAddedTo || steps.some(({ key }) => key in Object.prototype);
  return { steps, isRepeated, mayStay: !isInherited && !isRepeated && steps.length > 0, isInherited };
}

/** Completes a row; `failed` where a field that cannot be null is. */
export function completeRow(shape: RowShape, row: Row, completion: Completion): Row | typeof failed {
  if (shape.mayStay) return keepOrFill(shape, row, completion);
  const output = shape.isInherited ? Object.create(null) : {};
  return shape.isRepeated ? completeInto(output, shape, row, completion) : fill(output, shape, row, completion, 0);
}

/** Most rows already are what was asked: they are looked through, and copied from the first field that is another. */
function keepOrFill(shape: RowShape, row: Row, completion: Completion): Row | typeof failed {
  const { steps } = shape;
  if (!isAsAsked(row, steps)) return fill({}, shape, row, completion, 0);
  // By place, not by name: V8 optimises loops over the names of rows for one name, again and again.
  const values = Object.values(row);
  for (let i = 0; i < values.length; i++) {
    const { key, completer, isNonNull, sound } = steps[i]!;
    const value = values[i];
    if (typeof value === sound) continue;
    const result = completer.complete(value, completion, key);
    if (result === value) continue;
    if (result === failed && isNonNull) return failed;
    const output = copy(row, steps, i);
    output[key] = result === failed ? null : result;
    return fill(output, shape, row, completion, i + 1);
  }
  return row;
}

function isAsAsked(row: Row, steps: readonly FieldStep[]): boolean {
  let i = 0;
  for (const key in row) {
    if (i === steps.length || steps[i]!.key !== key) return false;
    i++;
  }
  return i === steps.length;
}

function copy(row: Row, steps: readonly FieldStep[], count: number): Row {
  const output: Row = {};
  for (let i = 0; i < count; i++) {
    const { key } = steps[i]!;
    output[key] = row[key];
  }
  return output;
}

function fill(output: Row, { steps, isInherited }: RowShape, row: Row, completion: Completion, from: number) {
  for (let i = from; i < steps.length; i++) {
    const { key, completer, isNonNull } = steps[i]!;
    const value = isInherited ? own(row, key) : row[key];
    const result = completer.complete(value, completion, key);
    if (result === failed && isNonNull) return failed;
    output[key] = result === failed ? null : result;
  }
  return output;
}

/** Completes a row into an object that may hold some of its fields already. */
export function completeInto(output: Row, { steps }: RowShape, row: Row, completion: Completion): Row | typeof failed {
  for (const { key, completer, isNonNull } of steps) {
    const present = output[key];
    if (present === null || (present !== undefined && !completer.add)) continue;
    const value = own(row, key);
    const result =
      present === undefined ? completer.complete(value, completion, key) : completer.add!(present, value, completion, key);
    if (result === failed && isNonNull) return failed;
    output[key] = result === failed ? null : result;
  }
  return output;
}

const own = (row: Row, key: string) => (Object.hasOwn(row, key) ? row[key] : undefined);
