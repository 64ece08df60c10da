import { type CompositeType, type FieldSelection, isObjectType, type Schema } from '@apollo/federation-internals';
import { type Completer, failed } from './completers.ts';

/** The type of a row: what a subgraph said, else what the schema declares; a row of which it cannot be told becomes null. */
export function typenameOf(schema: Schema, key: string, typename: unknown, parent: CompositeType): Completer {
  const nameOf = (said: unknown) => {
    const type = (typeof said === 'string' && schema.type(said)) || parent;
    return isObjectType(type) ? type.name : failed;
  };
  const usual = nameOf(typename);
  if (key === '__typename') return { complete: () => usual };
  return { complete: said => (said === null || said === undefined || said === typename ? usual : nameOf(said)) };
}

/** A field of the schema itself, which no subgraph is asked for. */
export const introspection = (field: FieldSelection): Completer => ({
  complete: (_, { introspect }) => introspect(field),
});
