/** The id of a request in a header; what could be more than an id is not taken into statements and logs. */
export const requestIdIn = (header: unknown): string | undefined =>
  typeof header === 'string' && /^[\w-]{1,64}$/.test(header) ? header : undefined;
