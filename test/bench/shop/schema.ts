// Four subgraphs in the shape of the public federation benchmark: one heavy query winds through all of them several times.

const users = `
  extend type Query { users: [User!]! me: User! }
  type User @key(fields: "id") { id: ID! username: String! name: String! birthday: String! }
`;

const products = `
  extend type Query { topProducts(first: Int! = 5): [Product!]! articles(first: Int! = 1000): [Article!]! }
  type Product @key(fields: "upc") { upc: ID! name: String! price: Int! weight: Int! }
  type Article {
    id: ID! code: String! name: String! maker: String! colour: String!
    price: Int! weight: Int! rating: Float! inSeason: Boolean! note: String
  }
`;

const inventory = `
  extend type Product @key(fields: "upc") {
    upc: ID! @external
    price: Int! @external
    weight: Int! @external
    inStock: Boolean!
    shippingEstimate: Int! @requires(fields: "price weight")
  }
`;

const reviews = `
  extend type Mutation { addReview(product: ID!, author: ID!, body: String!): Review! }
  type Review @key(fields: "id") { id: ID! body: String! author: User! product: Product! }
  extend type User @key(fields: "id") { id: ID! @external reviews: [Review!]! }
  extend type Product @key(fields: "upc") { upc: ID! @external reviews: [Review!]! }
`;

/** The SDL of each subgraph, as federation 1 has it: what every contestant understands. */
export const shopTypeDefs: Record<string, string> = { users, products, inventory, reviews };

/** The same as federation 2. */
export const federation2 = (typeDefs: string) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires"])\n${typeDefs}`;
