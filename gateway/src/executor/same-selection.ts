import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isObjectType,
  isScalarType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** An operation of a document. */
interface Selecting {
  document: DocumentNode;
  definition: OperationDefinitionNode;
}

/** The schema clients see, and the one that subgraphs answer by. */
interface Schemas {
  api: GraphQLSchema;
  supergraph: GraphQLSchema;
}

/**
 * Whether a subgraph that answers `sent` rightly says, key by key and value by value, what the client that asked `asked` is to read.
 * Only what is plain is taken for the same: fields of object types, each once, in the same order, without conditions, and leaves
 * that have no value which clients may not see.
 */
export function isSameSelection(asked: Selecting, sent: Selecting, schemas: Schemas): boolean {
  const root = schemas.api.getRootType(asked.definition.operation);
  if (!root || asked.definition.directives?.length) return false;
  const [own, theirs] = [flattening(asked.document), flattening(sent.document)];

  const isSame = (askedSet: SelectionSetNode, sentSet: SelectionSetNode, type: GraphQLObjectType): boolean => {
    const [fields, others] = [own(askedSet, type), theirs(sentSet, type)];
    return (
      fields !== undefined &&
      others?.length === fields.length &&
      fields.every((field, i) => keyOf(field) === keyOf(others[i]!) && isSameField(field, others[i]!, type))
    );
  };

  const isSameField = (field: FieldNode, other: FieldNode, parent: GraphQLObjectType): boolean => {
    const name = field.name.value;
    if (name !== other.name.value) return false;
    // What a subgraph calls its root is its own matter.
    if (name === '__typename') return parent !== root;
    const type = parent.getFields()[name] && getNamedType(parent.getFields()[name]!.type);
    if (!type) return false;
    if (!field.selectionSet || !other.selectionSet) return isSaidAlike(type, schemas.supergraph);
    return isObjectType(type) && isSame(field.selectionSet, other.selectionSet, type);
  };

  return isSame(asked.definition.selectionSet, sent.definition.selectionSet, root);
}

const keyOf = ({ alias, name }: FieldNode) => (alias ?? name).value;

/** Whether every value a subgraph may answer is one that clients may see. */
function isSaidAlike(type: GraphQLNamedType, supergraph: GraphQLSchema): boolean {
  if (isScalarType(type)) return true;
  const full = supergraph.getType(type.name);
  return isEnumType(type) && isEnumType(full) && full.getValues().length === type.getValues().length;
}

/** Reads the fields off a selection of rows of one type, through fragments; none where one hangs on a condition or comes twice. */
function flattening({ definitions }: DocumentNode) {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of definitions) if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);

  const collect = ({ selections }: SelectionSetNode, type: GraphQLObjectType, fields: Map<string, FieldNode>): boolean =>
    selections.every(selection => {
      if (selection.directives?.length) return false;
      if (selection.kind === Kind.FIELD) {
        const isFirst = !fields.has(keyOf(selection));
        fields.set(keyOf(selection), selection);
        return isFirst;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (!fragment || fragment.directives?.length) return false;
      const { typeCondition } = fragment;
      return (!typeCondition || typeCondition.name.value === type.name) && collect(fragment.selectionSet, type, fields);
    });

  return (set: SelectionSetNode, type: GraphQLObjectType): FieldNode[] | undefined => {
    const fields = new Map<string, FieldNode>();
    return collect(set, type, fields) ? [...fields.values()] : undefined;
  };
}
