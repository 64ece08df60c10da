import type { FetchNode } from '@apollo/query-planner';
import { type FieldNode, Kind, parse, type SelectionSetNode } from 'graphql';

/** The names under which what a fetch asks for stands in the answer. */
export function responseKeys({ operation, requires, outputRewrites = [] }: FetchNode): string[] {
  const [definition] = parse(operation, { noLocation: true }).definitions;
  const asked = (definition as { selectionSet: SelectionSetNode }).selectionSet;
  const selections = requires ? asked.selections.map(field => (field as FieldNode).selectionSet!) : [asked];
  const renamed = new Map(
    outputRewrites.map(rewrite => [rewrite.path.at(-1), 'renameKeyTo' in rewrite ? rewrite.renameKeyTo : undefined]),
  );
  return [...new Set(selections.flatMap(fieldsIn))].map(key => renamed.get(key) ?? key);
}

const fieldsIn = ({ selections }: SelectionSetNode): string[] =>
  selections.flatMap(selection => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsIn(selection.selectionSet);
    if (selection.kind !== Kind.FIELD || selection.name.value === '__typename') return [];
    return [(selection.alias ?? selection.name).value];
  });
