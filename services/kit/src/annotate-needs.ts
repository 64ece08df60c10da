import {
  type ConstDirectiveNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  visit,
} from 'graphql';
import { needsNode } from './needs-directive.ts';

const has = ({ directives = [] }: ObjectTypeDefinitionNode, directive: string) =>
  directives.some(({ name }) => name.value === directive);

/** The fields of the first key: a reference to a row tells them, whoever owns it. */
function keyFields({ directives = [] }: ObjectTypeDefinitionNode): string[] {
  const fields = directives
    .find(({ name }) => name.value === 'key')
    ?.arguments?.find(({ name }) => name.value === 'fields')?.value;
  return fields?.kind === Kind.STRING ? fields.value.split(/\s+/) : [];
}

/**
 * Puts `@needs` on a subgraph's SDL. Every field needs the scope to read its subgraph, and what the code declares besides. A type of this
 * subgraph alone says the former once, as a whole; on a keyed type, which other subgraphs extend, each field says it, the key apart;
 * shareable types belong to nobody and roots say what was declared.
 */
export function annotateNeeds(document: DocumentNode, subgraph: string, declared: Map<string, readonly string[]>): DocumentNode {
  const read = `${subgraph}:read`;
  const isRoot = (name: string) => name === 'Query' || name === 'Mutation';
  const marked = <N extends { directives?: readonly DirectiveNode[] }>(node: N, scopes: readonly string[]): N =>
    scopes.length === 0
      ? node
      : { ...node, directives: [...(node.directives ?? []), needsNode([...new Set(scopes)]) satisfies ConstDirectiveNode] };
  const said = (type: string, field: string) => declared.get(`${type}.${field}`) ?? [];

  const objectType = (type: ObjectTypeDefinitionNode): ObjectTypeDefinitionNode => {
    const name = type.name.value;
    const keyed = has(type, 'key');
    const keys = keyFields(type);
    const fields = type.fields?.map((field): FieldDefinitionNode => {
      const own = keyed && !keys.includes(field.name.value) ? [read] : [];
      return marked(field, [...own, ...said(name, field.name.value)]);
    });
    return marked({ ...type, fields }, keyed || isRoot(name) || has(type, 'shareable') ? [] : [read]);
  };

  return visit(document, {
    ObjectTypeDefinition: objectType,
    InputObjectTypeDefinition: type => ({
      ...type,
      fields: type.fields?.map(field => marked(field, said(type.name.value, field.name.value))),
    }),
    EnumTypeDefinition: type => ({
      ...type,
      values: type.values?.map(value => marked(value, said(type.name.value, value.name.value))),
    }),
  });
}
