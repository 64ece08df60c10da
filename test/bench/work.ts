import { comparison, dashboard } from '@hub/test/journeys';

/** One operation that every contestant answers. */
export interface Work {
  key: 'a' | 'b' | 'c' | 'd' | 'e' | 'f';
  title: string;
  world: 'shop' | 'hub';
  query: string;
  variables?: Record<string, unknown>;
  /** Whose token it is sent with. */
  viewer: 'county' | 'city';
}

export const viewers = {
  county: { role: 'COMMITTEE', division: '220104' },
  city: { role: 'COMMITTEE', division: '220100' },
} as const;

const heavy = `
  fragment User on User { id username name }
  fragment Review on Review { id body }
  fragment Product on Product { inStock name price shippingEstimate upc weight }
  query Heavy {
    users { ...User reviews { ...Review product { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } } } }
    topProducts(first: 5) { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } }
  }`;

const list = 'query List { articles(first: 1000) { id code name maker colour price weight rating inSeason note } }';

const mutation = `mutation Add($product: ID!, $author: ID!, $body: String!) {
  addReview(product: $product, author: $author, body: $body) { id body author { name } product { name price inStock } }
}`;

const shop = { world: 'shop', viewer: 'county' } as const;

export const works: readonly Work[] = [
  { key: 'a', title: 'Heavy query over four in-memory subgraphs', ...shop, query: heavy },
  {
    key: 'b',
    title: 'County dashboard on the real hub',
    world: 'hub',
    viewer: 'county',
    query: dashboard,
    variables: { division: viewers.county.division },
  },
  {
    key: 'c',
    title: 'City comparison on the real hub',
    world: 'hub',
    viewer: 'city',
    query: comparison,
    variables: { division: viewers.city.division },
  },
  { key: 'd', title: 'List of 1,000 × 10 fields from one in-memory subgraph', ...shop, query: list },
  { key: 'e', title: 'Tiny query', ...shop, query: 'query Tiny { me { name } }' },
  {
    key: 'f',
    title: 'One mutation, answered by four in-memory subgraphs',
    ...shop,
    query: mutation,
    variables: { product: 'p4', author: 'u2', body: 'firm and quiet' },
  },
];

/** What is sent, and as whom. */
export type Sent = Pick<Work, 'query' | 'variables' | 'viewer'>;

export const bodyOf = ({ query, variables }: Sent) => JSON.stringify({ query, variables });
