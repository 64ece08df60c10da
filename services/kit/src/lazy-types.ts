/** Types whose fields are promises. Those of all others are plain properties, read without a function (subgraph.ts). */
export const lazyTypes = new Set<object>();
