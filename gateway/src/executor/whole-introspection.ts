import {
  type InputType,
  ListType,
  NonNullType,
  type ObjectType,
  type OutputType,
  type Schema,
} from '@apollo/federation-internals';
import { type GraphQLType, introspectionTypes, isListType, isNonNullType, isObjectType } from 'graphql';

/**
 * Gives a schema of the planner every field of graphql-js' own introspection: `isOneOf` and whatever is younger than the planner. It is
 * graphql-js that answers them (introspect.ts); the planner only has to know their names.
 */
export function knowWholeIntrospection(schema: Schema): void {
  // biome-ignore lint/complexity/useLiteralKeys: it is private to TypeScript, and there is no other way in.
  schema['runWithBuiltInModificationAllowed'](() => {
    for (const type of introspectionTypes) {
      if (!isObjectType(type)) continue;
      const known = schema.type(type.name) as ObjectType;
      for (const field of Object.values(type.getFields())) {
        const ours = known.field(field.name) ?? known.addField(field.name, typeIn(schema, field.type) as OutputType);
        for (const { name, type: of, defaultValue } of field.args)
          if (!ours.argument(name)) ours.addArgument(name, typeIn(schema, of) as InputType, defaultValue);
      }
    }
  });
}

function typeIn(schema: Schema, type: GraphQLType): unknown {
  if (isNonNullType(type)) return new NonNullType(typeIn(schema, type.ofType) as never);
  if (isListType(type)) return new ListType(typeIn(schema, type.ofType) as never);
  return schema.type(type.name)!;
}
