import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parseConstValue,
  type TypeNode,
  visit,
} from 'graphql';

const directive = (name: string, given: Record<string, string>): ConstDirectiveNode => ({
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: name },
  arguments: Object.entries(given).map(([argument, value]) => ({
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: argument },
    value: parseConstValue(value, { noLocation: true }),
  })),
});

const isList = (type: TypeNode): boolean =>
  type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && isList(type.type));
const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type));

const costly = directive('cost', { weight: '10' });

/**
 * Puts federation's `@cost` and `@listSize` on a subgraph's SDL, by the shape of its fields: a page is as long as `first` or `last` says,
 * another list is short, figures and changes cost as much as ten rows.
 */
export function annotateCost(document: DocumentNode): DocumentNode {
  const types = new Map(
    document.definitions.flatMap(type => (type.kind === Kind.OBJECT_TYPE_DEFINITION ? [[type.name.value, type] as const] : [])),
  );
  const listsOf = (type: TypeNode) =>
    (types.get(nameOf(type))?.fields ?? []).filter(field => isList(field.type)).map(({ name }) => name.value);

  const ofField = ({ arguments: given = [], type }: FieldDefinitionNode, isPage: boolean): ConstDirectiveNode[] => {
    const slicing = given.map(({ name }) => name.value).filter(name => name === 'first' || name === 'last');
    const sized = listsOf(type);
    if (slicing.length > 0 && !isList(type) && sized.length > 0)
      return [
        directive('listSize', {
          assumedSize: '50',
          slicingArguments: JSON.stringify(slicing),
          sizedFields: JSON.stringify(sized.filter(name => name === 'nodes' || name === 'edges')),
          requireOneSlicingArgument: 'false',
        }),
      ];
    if (isList(type) && !isPage) return [directive('listSize', { assumedSize: '10' })];
    return nameOf(type).endsWith('Figures') ? [costly] : [];
  };

  return visit(document, {
    ObjectTypeDefinition: (type: ObjectTypeDefinitionNode) => {
      const isPage = /(Connection|Page)$/.test(type.name.value);
      const fields = type.fields?.map(field => ({
        ...field,
        directives: [...(field.directives ?? []), ...(type.name.value === 'Mutation' ? [costly] : []), ...ofField(field, isPage)],
      }));
      return { ...type, fields };
    },
  });
}
