import {
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type TypeNode,
  visit,
} from 'graphql';

const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type));
const directive = (node: ObjectTypeDefinitionNode | FieldDefinitionNode, name: string) =>
  node.directives?.find(each => each.name.value === name);
const text = (value: unknown): string => (value as { value: string }).value;

/**
 * What each field must need, said a second time from who serves it and without a look at its `@needs`: the scope to read the subgraph,
 * the key and shareable types apart; history besides. Of roots it is what they say, and they must say something.
 */
export function expectedNeeds(subgraph: string, sdl: string): Map<string, string[]> {
  const expected = new Map<string, string[]>();
  const document: DocumentNode = parse(sdl);
  visit(document, {
    ObjectTypeDefinition: type => {
      const name = type.name.value;
      const key = directive(type, 'key');
      const keyed = key && text(key.arguments![0]!.value);
      for (const field of type.fields ?? []) {
        const coordinate = `${name}.${field.name.value}`;
        if (name === 'Query' || name === 'Mutation') {
          const said = directive(field, 'needs')?.arguments?.[0]?.value;
          expected.set(coordinate, said?.kind === Kind.LIST ? said.values.map(text) : []);
          continue;
        }
        const open = directive(type, 'shareable') || field.name.value === keyed;
        const history = nameOf(field.type) === 'HistoryEntry' ? ['history:read'] : [];
        expected.set(coordinate, [...(open ? [] : [`${subgraph}:read`]), ...history]);
      }
    },
  });
  return expected;
}
