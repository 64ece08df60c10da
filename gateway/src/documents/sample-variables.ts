import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  Kind,
  typeFromAST,
} from 'graphql';

/** Values that an operation's required variables accept, for planning it without a caller. */
export function sampleVariables(schema: GraphQLSchema, document: DocumentNode): Record<string, unknown> {
  const operation = document.definitions.find(definition => definition.kind === Kind.OPERATION_DEFINITION);
  const required = (operation?.variableDefinitions ?? []).filter(
    ({ type, defaultValue }) => type.kind === Kind.NON_NULL_TYPE && !defaultValue,
  );
  return Object.fromEntries(
    required.map(({ variable, type }) => [variable.name.value, sample(typeFromAST(schema, type as never) as GraphQLInputType)]),
  );
}

function sample(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return sample(type.ofType);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter(isRequiredInputField);
    return Object.fromEntries(required.map(field => [field.name, sample(field.type)]));
  }
  return scalars[type.name] ?? '';
}

const scalars: Record<string, unknown> = { Int: 0, Float: 0, Boolean: false };
