import {
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

/** What a new supergraph brings to an old one's clients. */
export interface SchemaChange {
  adds: string[];
  removes: string[];
  /** Changes that break clients or may surprise them, in words. */
  breaking: string[];
  dangerous: string[];
}

const most = 100;

/** Compares two schemas, for the log; long lists are cut. */
export function schemaChange(before: GraphQLSchema, after: GraphQLSchema): SchemaChange {
  const [old, present] = [coordinates(before), coordinates(after)];
  const descriptions = (changes: { description: string }[]) => changes.map(({ description }) => description).slice(0, most);
  return {
    adds: [...present].filter(name => !old.has(name)).slice(0, most),
    removes: [...old].filter(name => !present.has(name)).slice(0, most),
    breaking: descriptions(findBreakingChanges(before, after)),
    dangerous: descriptions(findDangerousChanges(before, after)),
  };
}

function coordinates(schema: GraphQLSchema): Set<string> {
  const found = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    found.add(type.name);
    if (isEnumType(type)) for (const { name } of type.getValues()) found.add(`${type.name}.${name}`);
    if (isInputObjectType(type)) for (const name of Object.keys(type.getFields())) found.add(`${type.name}.${name}`);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      found.add(`${type.name}.${field.name}`);
      for (const { name } of field.args) found.add(`${type.name}.${field.name}(${name}:)`);
    }
  }
  return found;
}
