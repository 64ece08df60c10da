import { type ConstDirectiveNode, type InputValueDefinitionNode, parse, valueFromASTUntyped } from 'graphql';

/** How long the list behind a field is taken to be. */
export interface ListSize {
  assumedSize?: number;
  slicingArguments?: string[];
  /** The fields below that are the list; without them it is the field itself. */
  sizedFields?: string[];
}

/** What `@cost` and `@listSize` say, by coordinate: `Type`, `Type.field`, `Type.field(argument:)`. */
export interface CostTable {
  weights: Map<string, number>;
  listSizes: Map<string, ListSize>;
}

/** Reads the supergraph's SDL: the gateway strips these directives from the schema it makes of it. */
export function costTable(supergraphSdl: string): CostTable {
  const table: CostTable = { weights: new Map(), listSizes: new Map() };
  const note = (coordinate: string, directives: readonly ConstDirectiveNode[] = []) => {
    for (const { name, arguments: given = [] } of directives) {
      const values = Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
      if (name.value === 'cost') table.weights.set(coordinate, Number(values.weight));
      if (name.value === 'listSize') table.listSizes.set(coordinate, values as ListSize);
    }
  };
  const noteAll = (values: readonly InputValueDefinitionNode[] = [], coordinate: (name: string) => string) => {
    for (const { name, directives } of values) note(coordinate(name.value), directives);
  };
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (!('name' in definition) || !definition.name || !('directives' in definition)) continue;
    const type = definition.name.value;
    note(type, definition.directives as readonly ConstDirectiveNode[]);
    if (definition.kind === 'InputObjectTypeDefinition') noteAll(definition.fields, name => `${type}.${name}`);
    if (definition.kind !== 'ObjectTypeDefinition' && definition.kind !== 'InterfaceTypeDefinition') continue;
    for (const field of definition.fields ?? []) {
      note(`${type}.${field.name.value}`, field.directives);
      noteAll(field.arguments, name => `${type}.${field.name.value}(${name}:)`);
    }
  }
  return table;
}
