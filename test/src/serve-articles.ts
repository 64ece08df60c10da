// For `npm run bench`: a type-graphql list in memory behind Apollo Server as it comes (`plain`), and as the hub's subgraphs serve (`hub`).
import 'reflect-metadata';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import { CompiledQueries } from '@hub/kit/compiled-queries';
import { graphqlServer } from '@hub/kit/graphql-server';
import { subgraphSchema } from '@hub/kit/subgraph';
import { fastify } from 'fastify';
import { execute } from 'graphql';
import { buildSchema } from 'type-graphql';
import { ArticleResolver } from './article-list.ts';

const resolvers = [ArticleResolver] as const;

async function plain(): Promise<string> {
  const server = new ApolloServer({ schema: await buildSchema({ resolvers: [...resolvers] }) });
  const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } });
  return url;
}

async function hub(): Promise<string> {
  const schema = await subgraphSchema({
    name: 'articles',
    entities: [],
    migrations: '',
    resolvers: [...resolvers],
    references: {},
  });
  const compiled = new CompiledQueries(schema);
  const server = graphqlServer(schema, async (_request, { document, operation, variables }) => {
    const fast = compiled.for(document, operation.name?.value);
    return fast ? fast(undefined, {}, variables) : execute({ schema, document, variableValues: variables });
  });
  await server.start();
  const app = fastify();
  app.post('/graphql', fastifyApolloHandler(server, { context: async () => ({}) as never }));
  return `${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
}

process.send!({ url: await (process.argv[2] === 'hub' ? hub : plain)() });
process.once('disconnect', () => process.exit());
