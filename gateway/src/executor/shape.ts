import {
  type CompositeType,
  type FieldSelection,
  isCompositeType,
  isListType,
  isNonNullType,
  type Operation,
  type OutputType,
  type Schema,
  type SelectionSet,
} from '@apollo/federation-internals';
import { collectFields } from './collect-fields.ts';
import { completeRow, type FieldStep, type RowShape, rowShape } from './complete-row.ts';
import { type Completer, type Completion, failed, List, NonNull } from './completers.ts';
import { Composite } from './composite.ts';
import type { Conditions } from './conditions.ts';
import { Leaf, soundType } from './leaf.ts';
import type { Row } from './merge.ts';
import { introspection, typenameOf } from './meta-fields.ts';

/** Completes the joined answer of the subgraphs as the operation asked for it: its order, its names, its types. */
export type Shape = (data: Row, completion: Completion) => Row | null;

/** Compiles an operation's selections for given conditions: a flat list of fields per concrete type, made when its first row comes. */
export function compileShape(operation: Operation, conditions: Conditions): Shape {
  const schema = operation.schema();
  const root = schema.schemaDefinition.rootType(operation.rootKind)!;
  const shaper = new Shaper(schema, conditions, false);
  const shapeOf = (typename: unknown) => shaper.shape(operation.selectionSet, typename, root);
  const usual = new Map<unknown, RowShape>([undefined, root.name].map(typename => [typename, shapeOf(typename)]));
  return (data, completion) => {
    const row = completeRow(usual.get(data.__typename) ?? shapeOf(data.__typename), data, completion);
    return row === failed ? null : row;
  };
}

/** Makes the shapes of rows, and the completers of their fields. */
export class Shaper {
  constructor(
    readonly schema: Schema,
    private readonly conditions: Conditions,
    /** Whether another selection may add to what is made: then no row is handed on as it is. */
    private readonly isAddedTo: boolean,
  ) {}

  /** What rows that say they are of a type become; those that say nothing are taken for what is declared. */
  shape(selections: SelectionSet, typename: unknown, declared: CompositeType): RowShape {
    const { schema, conditions } = this;
    const { fields, problem } = collectFields(selections, { typename, declared, schema, conditions });
    const seen = new Set<string>();
    const asked = fields.filter(({ field }) => {
      const key = field.element.responseName();
      const isFirst = !seen.has(key);
      seen.add(key);
      // What has no rows below it is completed once; so is the schema itself, though another selection may ask more of it.
      return isFirst || (field.selectionSet && !field.element.definition.isSchemaIntrospectionField());
    });
    const isRepeated = asked.length > seen.size;
    const within = isRepeated ? new Shaper(schema, conditions, true) : this;
    const steps = asked.map(({ field, parent }) => within.#step(field, typename, parent));
    return rowShape(problem ? [...steps, raising(problem)] : steps, isRepeated, this.isAddedTo);
  }

  #step(field: FieldSelection, typename: unknown, parent: CompositeType): FieldStep {
    const { definition, name } = field.element;
    const key = field.element.responseName();
    if (definition.isSchemaIntrospectionField()) return { key, isNonNull: false, completer: introspection(field) };
    if (name === '__typename') return { key, isNonNull: true, completer: typenameOf(this.schema, key, typename, parent) };
    const type: OutputType = definition.type!;
    const completer = this.#completer(type, field.selectionSet, parent.name);
    return { key, isNonNull: isNonNullType(type), completer, sound: soundType(type) };
  }

  #completer(type: OutputType, selections: SelectionSet | undefined, parent: string): Completer {
    if (isNonNullType(type)) return new NonNull(this.#completer(type.ofType, selections, parent), String(type.ofType), parent);
    if (isListType(type))
      return new List(this.#completer(type.ofType, selections, parent), String(type), isNonNullType(type.ofType));
    if (isCompositeType(type)) return new Composite(type, selections!, parent, this);
    return new Leaf(type, parent);
  }
}

/** What cannot be told of an operation is a fault only where a row asks for it. */
function raising(problem: Error): FieldStep {
  const complete = () => {
    throw problem;
  };
  return { key: '', isNonNull: true, completer: { complete } };
}
