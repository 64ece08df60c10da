import type { IncomingHttpHeaders } from 'node:http';
import { GraphQLError } from 'graphql';

/** What the places subgraph was sent. */
export interface Seen {
  headers: IncomingHttpHeaders[];
  staged: Record<string, unknown>[];
  chunks: { firstRow: number; rows: string[][] }[];
  applied: Record<string, unknown>[];
  ids: (string | undefined)[];
}

export const typeDefs = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Place @key(fields: "id") { id: ID! name: String inside: [Place!] }
  type Query { place(id: ID!): Place  places: [Place!]  trouble(kind: String!): String }
  type Mutation {
    rename(id: ID!, name: String!): Place
    stagePlaceImport(input: StagePlaceImport!): ImportBatch!
    addPlaceImportRows(input: AddPlaceRows!): ImportBatch!
    applyPlaceImport(input: ApplyPlaceImport!): ImportBatch!
    revertPlaceImport(input: RevertPlaceImport!): ImportBatch!
  }
  enum PlaceLedger { places squares }
  input StagePlaceImport { ledger: PlaceLedger! fileName: String! sha256: String! again: Boolean! = false }
  input AddPlaceRows { id: ID! firstRow: Int! rows: [[String!]!]! }
  input RevertPlaceImport { id: ID! reason: String! withDependants: Boolean! = false }
  input ApplyPlaceImport { id: ID! dryRun: Boolean! = false rowByRow: Boolean! = false acceptDuplicates: Boolean! = false }
  enum ImportState { STAGED READY APPLIED FAILED REVERTED }
  enum ImportOutcome { CREATED UPDATED UNCHANGED SKIPPED CONFLICT POSSIBLE_DUPLICATE ERROR }
  type ImportCounts { created: Int! updated: Int! unchanged: Int! skipped: Int! conflict: Int! possibleDuplicate: Int! error: Int! }
  type ImportCandidate { id: ID! text: String! differs: [String!]! }
  type ImportProblem {
    row: Int! outcome: ImportOutcome! code: String! column: String value: String message: String! suggestion: String candidates: [ImportCandidate!]!
  }
  type ImportBatch {
    id: ID! ledger: String! fileName: String! sha256: String! actor: String! state: ImportState! rowCount: Int! counts: ImportCounts!
    ignoredColumns: [String!]! headerRow: Int message: String problems(first: Int! = 100): [ImportProblem!]! createdAt: String appliedAt: String
  }
`;

const place = (id: string) => ({ __typename: 'Place', id, name: `Place ${id}`, inside: null });

export function resolvers(seen: Seen) {
  const batch = (state: string, error = 0) => ({
    ...(seen.staged.at(-1) ?? {}),
    id: 'batch-1',
    actor: 'account:1',
    state,
    rowCount: seen.chunks.reduce((sum, chunk) => sum + chunk.rows.length, 0),
    counts: { created: 1, updated: 0, unchanged: 0, skipped: 0, conflict: 0, possibleDuplicate: 0, error },
    ignoredColumns: [],
    problems: error
      ? [
          {
            row: 2,
            outcome: 'ERROR',
            code: 'INVALID_INPUT',
            column: '名称',
            value: 'bad',
            message: 'bad',
            suggestion: 'good',
            candidates: [],
          },
        ]
      : [],
  });
  return {
    Place: { __resolveReference: ({ id }: { id: string }) => place(id) },
    Query: {
      place: (_: unknown, { id }: { id: string }) => place(id),
      places: () => ['1', '2'].map(place),
      trouble: (_: unknown, { kind }: { kind: keyof typeof troubles }) => troubles[kind](),
    },
    Mutation: {
      rename: (_: unknown, { id, name }: { id: string; name: string }) => ({ ...place(id), name }),
      stagePlaceImport: (_: unknown, { input }: { input: Record<string, unknown> }) => {
        seen.staged.push(input);
        if (input.fileName === 'hang.csv') return new Promise(() => {});
        return batch(input.fileName === 'again.csv' ? 'APPLIED' : 'STAGED');
      },
      addPlaceImportRows: (_: unknown, { input }: { input: { firstRow: number; rows: string[][] } }) => {
        seen.chunks.push({ firstRow: input.firstRow, rows: input.rows });
        return batch('STAGED');
      },
      applyPlaceImport: (_: unknown, { input }: { input: Record<string, unknown> }) => {
        seen.applied.push(input);
        const isBad = seen.chunks.some(chunk => chunk.rows.some(row => row.includes('bad')));
        return batch(isBad ? 'FAILED' : input.dryRun ? 'READY' : 'APPLIED', isBad ? 1 : 0);
      },
    },
  };
}

const coded = (message: string, extensions: Record<string, unknown>) => () => {
  throw new GraphQLError(message, { extensions });
};

const troubles = {
  bug: () => {
    throw new Error('relation "person" of /srv/people at 10.0.0.7 is broken');
  },
  strange: coded('secret of the subgraph', { code: 'GRAPHQL_VALIDATION_FAILED' }),
  internal: coded('secret of the subgraph', { code: 'INTERNAL' }),
  forbidden: coded('Not for you.', { code: 'FORBIDDEN', reason: 'WHY', column: '名称', secret: 'secret of the subgraph' }),
  expired: coded('A valid access token is required.', { code: 'UNAUTHENTICATED' }),
  hang: () => new Promise(() => {}),
  /** More than a connection takes from a sender whose answer nobody reads. */
  long: () => 'x'.repeat(12_000_000),
  /** As long as a description may be. */
  text: () => 'x'.repeat(100_000),
};
