import { ApolloArmor } from '@escape.tech/graphql-armor';
import { GraphQLError, type ValidationContext } from 'graphql';
import { noNulInTexts } from './body/assert-without-nul.ts';

function refuse(context: ValidationContext | null, error: Error) {
  const message = error.message.replace(/^Syntax Error: /, '');
  context?.reportError(new GraphQLError(message, { extensions: { code: 'LIMIT_EXCEEDED' } }));
}

const limit = (n: number) => ({ n, onReject: [refuse], propagateOnRejection: false });

/** What one operation may ask for. Without these, a few kilobytes of GraphQL keep the gateway busy for seconds. */
export function armour() {
  const { validationRules } = new ApolloArmor({
    maxDepth: { ...limit(15), flattenFragments: true },
    maxAliases: { ...limit(200), allowList: [] },
    maxDirectives: limit(9),
    costLimit: { enabled: false },
    blockFieldSuggestion: { enabled: false },
    // Its token limit parses a second time and ends in HTTP 500; the parser of graphql-js counts as well.
    maxTokens: { enabled: false },
  }).protect();
  return {
    validationRules: [...validationRules, noNulInTexts],
    parseOptions: { maxTokens: 5_000 },
    maxRecursiveSelections: 1_000,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false as const,
  };
}
