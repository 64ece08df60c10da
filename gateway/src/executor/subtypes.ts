import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';

/** Whether a type is another, or stands below it. */
export type IsSubtype = (typename: string, condition: string) => boolean;

/** Answers from a table: the same few questions are asked for every row. Types that the schema does not know are not kept. */
export function subtypesOf(schema: GraphQLSchema): IsSubtype {
  const known = new Map<string, Map<string, boolean>>();
  return (typename, condition) => {
    if (typename === condition) return true;
    const answer = known.get(condition)?.get(typename);
    if (answer !== undefined) return answer;
    const [type, above] = [schema.getType(typename), schema.getType(condition)];
    if (!type || !above) return false;
    const found = isAbstractType(above) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(above, type);
    known.set(condition, (known.get(condition) ?? new Map()).set(typename, found));
    return found;
  };
}
