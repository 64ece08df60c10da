import { type ClassType, getMetadataStorage } from 'type-graphql';

const ofValues = new Map<object, Record<string, readonly string[]>>();

/** Says which scopes values of an enum need; type-graphql has no place for it. Everything else says it by `@Authorized`. */
export const valuesNeed = <E extends object>(enumeration: E, scopes: Partial<Record<keyof E & string, readonly string[]>>) =>
  ofValues.set(enumeration, scopes as Record<string, readonly string[]>);

/**
 * What the code says by `@Authorized` and `valuesNeed`, by schema coordinate (`Query.people`, `PersonFilter.search`,
 * `PersonOrder.NAME_ASC`). Of queries, mutations and field resolvers only those of the given resolvers: the metadata are of the process.
 */
export function declaredNeeds(resolvers: readonly ClassType[]): Map<string, readonly string[]> {
  const { queries, mutations, fieldResolvers, objectTypes, inputTypes, argumentTypes, enums, ...rest } = getMetadataStorage();
  const { authorizedFields, authorizedResolver, fields } = rest;
  const declared = new Map<string, readonly string[]>();
  const declare = (coordinate: string, scopes: readonly string[] | undefined) =>
    scopes?.length && declared.set(coordinate, scopes);
  const own = <R extends { target: object }>(all: R[]) => all.filter(({ target }) => resolvers.includes(target as ClassType));
  const said = (target: object, name: string) =>
    authorizedFields.find(each => each.target === target && each.fieldName === name)?.roles as string[] | undefined;

  const unheard = [
    ...own(authorizedResolver),
    ...authorizedFields.filter(({ target }) => argumentTypes.some(of => of.target === target)),
  ];
  for (const { target } of unheard)
    throw new Error(`@Authorized on ${target.name} is not heard: it stands on queries, mutations, fields and fields of inputs.`);

  for (const { schemaName, target, methodName } of own(queries)) declare(`Query.${schemaName}`, said(target, methodName));
  for (const { schemaName, target, methodName } of own(mutations)) declare(`Mutation.${schemaName}`, said(target, methodName));
  for (const { schemaName, target, methodName, getObjectType } of own(fieldResolvers)) {
    const type = getObjectType?.() ?? objectTypes.find(({ target: of }) => of === target)?.target;
    const name = objectTypes.find(({ target: of }) => of === type)?.name;
    declare(`${name}.${schemaName}`, said(target, methodName));
  }
  for (const { name, target } of [...objectTypes, ...inputTypes])
    for (let of = target; of !== Function.prototype; of = Object.getPrototypeOf(of))
      for (const field of fields.filter(each => each.target === of)) declare(`${name}.${field.schemaName}`, said(of, field.name));
  for (const { name, enumObj } of enums)
    for (const [value, scopes] of Object.entries(ofValues.get(enumObj) ?? {})) declare(`${name}.${value}`, scopes);
  return declared;
}
