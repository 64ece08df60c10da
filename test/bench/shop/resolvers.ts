// Everything in memory and the same at every start, so that the contestants' answers can be compared.

const text = (seed: number, words: number) =>
  Array.from(
    { length: words },
    (_, at) => ['steady', 'plain', 'bright', 'worn', 'handy', 'quiet', 'firm'][(seed * 5 + at * 3) % 7],
  ).join(' ');

const userIds = [1, 2, 3, 4, 5, 6];
const users = userIds.map(at => ({
  __typename: 'User',
  id: `u${at}`,
  username: `reader${at}`,
  name: `Reader Number ${at}`,
  birthday: `199${at}-0${at}-1${at}`,
}));

const products = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(at => ({
  __typename: 'Product',
  upc: `p${at}`,
  name: `${text(at, 2)} lamp ${at}`,
  price: at * 137,
  weight: at * 90,
}));

const reviews = Array.from({ length: 12 }, (_, at) => ({
  __typename: 'Review',
  id: `r${at + 1}`,
  body: text(at, 3),
  author: { __typename: 'User', id: `u${(at % userIds.length) + 1}` },
  product: { __typename: 'Product', upc: `p${(at % products.length) + 1}` },
}));

const articles = Array.from({ length: 1_000 }, (_, at) => ({
  id: `a${at}`,
  code: `${100_000 + at * 7}`,
  name: `${text(at, 2)} article ${at}`,
  maker: `Maker ${at % 40}`,
  colour: text(at, 1),
  price: 1_000 + ((at * 31) % 9_000),
  weight: 10 + ((at * 17) % 900),
  rating: ((at * 13) % 50) / 10,
  inSeason: at % 3 === 0,
  note: at % 4 === 0 ? null : text(at, 4),
}));

const by = <Row, Key extends keyof Row>(rows: Row[], key: Key) => new Map(rows.map(row => [row[key], row]));
const userById = by(users, 'id');
const productByUpc = by(products, 'upc');
const reviewById = by(reviews, 'id');
const reviewsOfUser = Map.groupBy(reviews, review => review.author.id);
const reviewsOfProduct = Map.groupBy(reviews, review => review.product.upc);

interface NewReview {
  product: string;
  author: string;
  body: string;
}

/** Resolvers by subgraph. */
export const shopResolvers: Record<string, Record<string, Record<string, unknown>>> = {
  users: {
    Query: { users: () => users, me: () => users[0] },
    User: { __resolveReference: ({ id }: { id: string }) => userById.get(id) },
  },
  products: {
    Query: {
      topProducts: (_: unknown, { first }: { first: number }) => products.slice(0, first),
      articles: (_: unknown, { first }: { first: number }) => articles.slice(0, first),
    },
    Product: { __resolveReference: ({ upc }: { upc: string }) => productByUpc.get(upc) },
  },
  inventory: {
    Product: {
      __resolveReference: (reference: { upc: string; price?: number; weight?: number }) => ({
        ...reference,
        inStock: Number(reference.upc.slice(1)) % 2 === 1,
        shippingEstimate: (reference.price ?? 0) > 1_000 ? 0 : Math.round((reference.weight ?? 0) / 2),
      }),
    },
  },
  reviews: {
    // Nothing is kept: the same mutation answers alike however often it is sent.
    Mutation: {
      addReview: (_: unknown, { product, author, body }: NewReview) => ({
        __typename: 'Review',
        id: 'new',
        body,
        author: { __typename: 'User', id: author },
        product: { __typename: 'Product', upc: product },
      }),
    },
    Review: { __resolveReference: ({ id }: { id: string }) => reviewById.get(id) },
    User: {
      __resolveReference: ({ id }: { id: string }) => ({ __typename: 'User', id }),
      reviews: ({ id }: { id: string }) => reviewsOfUser.get(id) ?? [],
    },
    Product: {
      __resolveReference: ({ upc }: { upc: string }) => ({ __typename: 'Product', upc }),
      reviews: ({ upc }: { upc: string }) => reviewsOfProduct.get(upc) ?? [],
    },
  },
};
