process.env.APOLLO_TELEMETRY_DISABLED = '1';

import { ApolloGateway } from '@apollo/gateway';
import { expect, it } from '@jest/globals';
import type { GraphQLSchema } from 'graphql';
import { askStand, marketSdl } from '../testing/market.ts';
import { HubGateway } from './hub-gateway.ts';

it('an operation runs on the supergraph it was validated against, though another is loaded meanwhile', async () => {
  let update: (sdl: string) => void = () => undefined;
  const apollo = new ApolloGateway({
    supergraphSdl: async hook => {
      update = hook.update;
      return { supergraphSdl: marketSdl };
    },
  });
  const schemas: GraphQLSchema[] = [];
  apollo.onSchemaLoadOrUpdate(({ apiSchema }) => schemas.push(apiSchema));
  const asked: string[] = [];
  const gateway = new HubGateway(apollo, () => ({
    send: async ({ body }) => {
      asked.push(JSON.parse(body).query);
      return { data: { shelves: 1, shelfCount: 2 } };
    },
  }));
  await gateway.load({ apollo: {} });
  update(marketSdl.replaceAll('shelves: Int', 'shelfCount: Int'));
  const [before, after] = schemas.map(schema => ({ execute: gateway.executor, schema, sent: [] }));
  expect((await askStand(before!, '{ shelves }')).data).toEqual({ shelves: 1 });
  expect((await askStand(after!, '{ shelfCount }')).data).toEqual({ shelfCount: 2 });
  await expect(askStand(after!, '{ shelves }')).rejects.toThrow('shelves');
  expect([gateway.schema === schemas[1], asked]).toEqual([true, ['{shelves}', '{shelfCount}']]);
  await gateway.stop();
});
