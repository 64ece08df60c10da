/** How the fields of a domain begin: those of `People` are `peopleImport`, `peopleDependants` … */
export const fieldOf = (prefix: string): string => prefix.charAt(0).toLowerCase() + prefix.slice(1);
