import { readFileSync } from 'node:fs';
import { startGateway } from '@hub/gateway/gateway';
import { executor } from '@hub/gateway/testing/executor';
import { defaultScopes, scopes as knownScopes } from '@hub/identity/scopes';
import { scopesAt } from '@hub/kit/needs-directive';
import { subgraphSchema } from '@hub/kit/subgraph';
import { type Role, roles } from '@hub/kit/viewer';
import { isOfRole } from '@hub/kit/writers';
import { subgraphs } from '@hub/schema/subgraphs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { expectedNeeds } from './expected-needs.ts';
import { ask, call, needsOfCall, Reach } from './reach.ts';
import { type Answer, ask as send, type TestService, testService } from './test-service.ts';
import { testToken, verifyTestToken } from './test-tokens.ts';

const file = (name: string) => readFileSync(new URL(`../../schema/${name}.graphql`, import.meta.url), 'utf8');
const supergraph = buildSchema(file('supergraph'), { assumeValidSDL: true });

/** A server that answers a schema, and what each of its fields must need. */
interface Place {
  name: string;
  url: string;
  schema: GraphQLSchema;
  expected: Map<string, string[]>;
}

const places: Place[] = [];
const ends: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  const all = new Map<string, string[]>();
  const urls: Record<string, string> = {};
  for (const subgraph of subgraphs) {
    const expected = expectedNeeds(subgraph.name, file(subgraph.name));
    for (const [coordinate, scopes] of expected) all.set(coordinate, [...new Set([...(all.get(coordinate) ?? []), ...scopes])]);
    const service: TestService = await testService(subgraph, urls);
    ends.unshift(service.stop);
    urls[subgraph.name] = service.url;
    expected.set('Query._entities', [`${subgraph.name}:read`]);
    places.push({ name: subgraph.name, url: service.url, schema: await subgraphSchema(subgraph), expected });
  }
  const wide = { people: 1e9, partners: 1e9, reporting: 1e9 };
  const gateway = await startGateway({
    supergraphSdl: file('supergraph'),
    subgraphs: urls,
    verify: verifyTestToken,
    executor,
    limits: { concurrent: wide, budget: wide, inWork: 1e9, queue: 1e9, refusalsPerSecond: 1e9 },
  });
  ends.unshift(gateway.stop);
  places.push({ name: 'gateway', url: gateway.url, schema: supergraph, expected: all });
}, 120_000);
afterAll(async () => {
  for (const end of ends) await end();
});

const organisation = '11111111-1111-4111-8111-111111111111';
const tokenOf = (role: Role, scopes: readonly string[]) =>
  testToken({
    role,
    division: '220102',
    scopes: [...scopes],
    ...((role === 'ORGANISATION' || role === 'PARTNER') && { organisation }),
  });

/** Every role with its default scopes, and with each of them taken away. */
const viewers = roles.flatMap(role => {
  const scopes = defaultScopes(role);
  return [scopes, ...scopes.map(without => scopes.filter(scope => scope !== without))].map(held => ({ role, held }));
});

interface Case {
  query: string;
  needs: string[];
  /** Of the changes' answers only: what the change itself needs. */
  ofChange?: string[];
}

const isOwn = (name: string) => !/^(_|join__|link__)/.test(name);

/** A field that subgraphs ask of each other and the gateway does not know. */
const isInaccessible = ({ astNode }: GraphQLField<unknown, unknown>) =>
  astNode?.directives?.some(directive => directive.name.value === 'inaccessible') ?? false;

/** One operation per field, that asks it and nothing else but the way to it. */
function casesOf({ name, schema, expected }: Place): Case[] {
  const reach = new Reach(schema);
  const cases: Case[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || !isOwn(type.name)) continue;
    const way = type === schema.getMutationType() ? [] : reach.on(type.name);
    if (!way) throw new Error(`${name}: no operation reaches the type ${type.name}.`);
    for (const field of Object.values(type.getFields())) {
      if (field.name.startsWith('_') || (name === 'gateway' && isInaccessible(field))) continue;
      const needs = [...way, `${type.name}.${field.name}`].flatMap(each => expected.get(each) ?? []).concat(needsOfCall(field));
      const asked = ask(field);
      const query = way.length || type === schema.getQueryType() ? reach.query(type.name, asked) : `mutation { ${asked} }`;
      cases.push({ query, needs: [...new Set(needs)] });
      const answer = getNamedType(field.type);
      if (type !== schema.getMutationType() || !isObjectType(answer)) continue;
      for (const told of Object.values(answer.getFields())) {
        const more = expected.get(`${answer.name}.${told.name}`) ?? [];
        const change = `mutation { ${call(field)} { ${ask(told)} } }`;
        cases.push({ query: change, needs: [...new Set([...needs, ...more])], ofChange: needs });
      }
    }
  }
  return cases;
}

const missingOf = ({ errors = [] }: Answer) => errors.flatMap(({ extensions }) => (extensions.missing as string[]) ?? []).sort();

async function inParallel<T>(all: T[], work: (each: T) => Promise<void>) {
  const queue = all.values();
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (const each of queue) await work(each);
    }),
  );
}

describe('a field', () => {
  it.each([...subgraphs.map(({ name }) => name), 'gateway'])(
    'asked of %s is refused exactly where a scope it needs is missing',
    async name => {
      const place = places.find(each => each.name === name)!;
      const cases = casesOf(place);
      expect(cases.length).toBeGreaterThan(60);
      expect(cases.filter(({ needs }) => needs.length === 0).map(({ query }) => query)).toEqual([]);
      const wrong: unknown[] = [];
      let refused = 0;
      for (const { role, held } of viewers) {
        const token = await tokenOf(role, held);
        const lacked = (needs: string[]) => needs.filter(scope => !held.includes(scope as never)).sort();
        await inParallel(
          cases.filter(({ needs, ofChange = [] }) => lacked(needs).length > 0 && lacked(ofChange).length === 0),
          async each => {
            const answer = await send(place.url, token, each.query);
            refused++;
            const told = { missing: missingOf(answer), code: answer.errors?.[0]?.extensions.code, data: answer.data };
            const due = { missing: lacked(each.needs), code: 'FORBIDDEN', data: undefined };
            if (JSON.stringify(told) !== JSON.stringify(due) || answer.statements > 0)
              wrong.push({ role, held, ...each, told, due });
          },
        );
      }
      expect(wrong.slice(0, 3)).toEqual([]);
      expect(refused).toBeGreaterThan(500);
    },
    240_000,
  );

  it.each([...subgraphs.map(({ name }) => name), 'gateway'])(
    'asked of %s is answered where nothing is missing',
    async name => {
      const place = places.find(each => each.name === name)!;
      const wrong: unknown[] = [];
      for (const role of roles) {
        const held = defaultScopes(role) as readonly string[];
        const token = await tokenOf(role, held);
        const allowed = casesOf(place).filter(({ needs, ofChange }) => !ofChange && needs.every(scope => held.includes(scope)));
        await inParallel(allowed, async ({ query }) => {
          const answer = await send(place.url, token, query);
          if (missingOf(answer).length > 0 || (query.startsWith('{') && answer.data === undefined))
            wrong.push({ role, query, answer });
        });
      }
      expect(wrong.slice(0, 3)).toEqual([]);
    },
    240_000,
  );
});

it('a refusal is 403 at the gateway and at a subgraph alike, and names the scope', async () => {
  const authorization = `Bearer ${await tokenOf('PARTNER', defaultScopes('PARTNER'))}`;
  const headers = { 'content-type': 'application/json', authorization };
  for (const { url } of places.filter(({ name }) => name === 'gateway' || name === 'people')) {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query: '{ people { totalCount } }' }),
    });
    const { data, errors } = (await response.json()) as Answer;
    expect([response.status, data, errors]).toEqual([
      403,
      undefined,
      [
        {
          message: 'The token lacks the scope people:read, which people needs.',
          extensions: { code: 'FORBIDDEN', missing: ['people:read'] },
        },
      ],
    ]);
  }
});

it('introspection needs no scope, and shows the API without what guards and measures it', async () => {
  const { url } = places.find(({ name }) => name === 'gateway')!;
  const { data, errors } = await send(url, await tokenOf('AUDITOR', []), '{ __schema { directives { name } types { name } } }');
  expect(errors).toBeUndefined();
  const names = [...data.__schema.directives, ...data.__schema.types].map(({ name }) => name);
  expect(names).toContain('Organisation');
  expect(names.filter(name => /needs|cost|listSize|join__|link__/.test(name))).toEqual([]);
});

describe('a filter or an order that would tell what is masked', () => {
  const committee = defaultScopes('COMMITTEE') as readonly string[];
  /** Arguments that lead to an input field or an enum value with a need of its own. */
  const asked = Object.values(supergraph.getTypeMap()).flatMap(type =>
    isObjectType(type) && isOwn(type.name)
      ? Object.values(type.getFields()).flatMap(field =>
          field.args.flatMap(argument => {
            const named = getNamedType(argument.type);
            const given = isEnumType(named)
              ? named
                  .getValues()
                  .filter(({ astNode }) => scopesAt(astNode).length > 0)
                  .map(({ name }) => [name, name] as const)
              : isInputObjectType(named)
                ? Object.values(named.getFields())
                    .filter(({ astNode }) => scopesAt(astNode).some(need => !isOfRole(need)))
                    .map(({ name }) => [`{ ${name}: "张" }`, { [name]: '张' }] as const)
                : [];
            return given.map(([literal, value]) => ({ type: type.name, field, argument, literal, value }));
          }),
        )
      : [],
  );

  it('is refused without people:personal and taken with it, as a literal and as a variable, at the gateway and at the subgraph', async () => {
    expect(asked.map(({ type, field, literal }) => `${type}.${field.name} ${literal}`).sort()).toEqual(
      ['Branch.members', 'Division.people', 'Organisation.people', 'Query.people'].flatMap(field =>
        ['NAME_ASC', 'NAME_DESC', '{ search: "张" }'].map(given => `${field} ${given}`),
      ),
    );
    const tokens = [await tokenOf('COMMITTEE', committee), await tokenOf('COMMITTEE', [...committee, 'people:personal'])];
    for (const place of places.filter(({ name }) => name === 'people' || name === 'gateway')) {
      const reach = new Reach(place.schema);
      for (const { type, field, argument, literal, value } of asked) {
        const byLiteral = reach.query(type, ask(field, [`${argument.name}: ${literal}`]));
        const byVariable = `query ($given: ${argument.type}) ${reach.query(type, ask(field, [`${argument.name}: $given`]))}`;
        for (const [query, variables] of [
          [byLiteral, {}],
          [byVariable, { given: value }],
        ] as const) {
          const [without, withIt] = [
            await send(place.url, tokens[0]!, query, variables),
            await send(place.url, tokens[1]!, query, variables),
          ];
          expect({ query, missing: missingOf(without), data: without.data }).toEqual({
            query,
            missing: ['people:personal'],
            data: undefined,
          });
          expect({ query, missing: missingOf(withIt) }).toEqual({ query, missing: [] });
        }
        if (isNonNullType(argument.type)) continue;
        const nothing = await send(place.url, tokens[0]!, byVariable, { given: null });
        expect({ query: byVariable, missing: missingOf(nothing) }).toEqual({ query: byVariable, missing: [] });
      }
    }
  });
});

it('no scope is needed that no token can carry', () => {
  const needed = new Set(places.flatMap(({ expected }) => [...expected.values()].flat()));
  expect([...needed].filter(scope => !(knownScopes as readonly string[]).includes(scope))).toEqual([]);
});
