import { type EntityMetadata, type EntityProperty, type Platform, ReferenceKind } from '@mikro-orm/postgresql';
import type { SqlRow } from './read-transaction.ts';

type Shape = (row: SqlRow) => object;

/** MikroORM knows its entities by it: a row that was read by itself never slips into what a mutation writes. */
const isEntity = Symbol.for('@mikro-orm/core/EntityHelper.entity');

const shapes = new WeakMap<EntityMetadata, Shape>();

/** Makes rows of a table into objects of its class that only can be read: nothing tracks their changes, a reference is its key alone. */
export function shapeOf<T extends object>(meta: EntityMetadata<T>, platform: Platform): (row: SqlRow) => T {
  let shape = shapes.get(meta);
  if (!shape) {
    shape = compile(meta, platform);
    shapes.set(meta, shape);
  }
  return shape as (row: SqlRow) => T;
}

/** The columns of a class's table, as SQL. By name: a column that another version of the hub adds does not change what is read. */
export const columnsSql = (meta: EntityMetadata<any>, table: string): string =>
  meta.props
    .filter(isColumn)
    .map(({ fieldNames: [field] }) => `${table}."${field}"`)
    .join(', ');

const isColumn = ({ persist, kind, fieldNames }: EntityProperty) =>
  persist !== false &&
  fieldNames?.length === 1 &&
  [ReferenceKind.SCALAR, ReferenceKind.MANY_TO_ONE, ReferenceKind.ONE_TO_ONE].includes(kind);

/** One function for each class, each property assigned in its turn: the engine then gives all rows one hidden class. */
function compile(meta: EntityMetadata<any>, platform: Platform): Shape {
  const columns = meta.props.filter(isColumn);
  // MikroORM's own accessors stand on the prototype and would track; plain properties before them take the values.
  const prototype = Object.create(meta.prototype, {
    ...Object.fromEntries(columns.map(({ name }) => [name, { value: undefined, writable: true, configurable: true }])),
    [isEntity]: { value: false },
  });
  const conversions = columns.map(column => conversionOf(column, platform));
  const lines = columns.map(({ name, fieldNames: [field] }, i) => {
    const value = `row[${JSON.stringify(field)}]`;
    const made = conversions[i] ? `${value} == null ? ${value} : conversions[${i}](${value})` : value;
    return `this[${JSON.stringify(name)}] = ${made};`;
  });
  const Row = new Function('conversions', `return function Row(row) { ${lines.join('\n')} }`)(conversions) as new (
    row: SqlRow,
  ) => object;
  Row.prototype = prototype;
  return row => new Row(row);
}

/** What makes the driver's value that of the property; undefined where they are the same. */
function conversionOf(
  { kind, targetMeta, customType, runtimeType }: EntityProperty,
  platform: Platform,
): ((value: any) => unknown) | undefined {
  if (kind !== ReferenceKind.SCALAR) {
    const key = targetMeta!.primaryKeys[0]!;
    return value => ({ [key]: value });
  }
  if (customType) return value => customType.convertToJSValue(value, platform);
  if (runtimeType === 'Date') return value => new Date(value);
  return undefined;
}
