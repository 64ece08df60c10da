import { Supergraph } from '@apollo/federation-internals';
import { fakeSubgraphs } from '@hub/test/equivalence/fake-subgraph';
import { type Federation, hub, museum } from '@hub/test/equivalence/federation';
import { generatedOperations } from '@hub/test/equivalence/generated-operation';
import { repositoryOperations } from '@hub/test/equivalence/repository-operations';
import { Fate, troubles } from '@hub/test/equivalence/trouble';
import { describe, expect, it } from '@jest/globals';
import {
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { startGateway } from './gateway.ts';
import { executor } from './testing/executor.ts';
import { supergraphSdl } from './testing/imagined-hub.ts';
import { aNewcomer, rawAnswer } from './testing/raw-answer.ts';
import { type Said, subgraphServers } from './testing/subgraph-servers.ts';
import { verify } from './testing/tokens.ts';

const clean = { 'x-hub-clean': '1' };
const services = ['organisations', 'people', 'campaigns', 'programs'];
const scope = services.flatMap(name => ['read', 'write', 'history'].map(right => `${name}:${right}`)).join(' ');
/** Nobody but the hub's own subgraphs puts a blank there: who reads it was given their bytes. */
const mark = '{"data":{ ';

/** Each root that needs no argument, asked for what it and its nodes tell without one. */
function leavesOfRoots(schema: GraphQLSchema): string[] {
  const free = ({ args }: GraphQLField<unknown, unknown>) => !args.some(isRequiredArgument);
  const leaves = (type: GraphQLOutputType, depth: number): string => {
    const named = getNamedType(type);
    if (!isObjectType(named)) return '';
    const fields = Object.values(named.getFields()).filter(free);
    const texts = fields.flatMap(field => {
      if (isLeafType(getNamedType(field.type))) return [field.name];
      const below = field.name === 'nodes' && depth < 1 ? leaves(field.type, depth + 1) : '';
      return below ? [`${field.name} ${below}`] : [];
    });
    return texts.length ? `{ ${texts.join(' ')} }` : '';
  };
  const roots = Object.values(schema.getQueryType()!.getFields()).filter(free);
  return roots
    .map(field => [field, leaves(field.type, 0)] as const)
    .filter(([{ type }, text]) => text || isLeafType(getNamedType(type)))
    .map(([{ name }, text]) => `{ ${name} ${text} }`);
}

/** A gateway over subgraphs that answer what a function says. */
async function gatewayOver(sdl: string, names: readonly string[], say: (name: string, body: string) => Said) {
  const subgraphs = await subgraphServers(names, say);
  const limits = { operationCost: 1e12, budget: { people: 1e15, partners: 1, reporting: 1 } };
  const gateway = await startGateway({ supergraphSdl: sdl, subgraphs: subgraphs.urls, verify, executor, limits });
  const ask = async (body: object) => rawAnswer(gateway.url, { headers: await aNewcomer(scope), body: JSON.stringify(body) });
  const stop = async () => {
    await gateway.stop();
    subgraphs.stop();
  };
  return { ask, bodies: subgraphs.bodies, stop };
}

describe('a client reads the same whether a subgraph vouches for its answers or not', () => {
  /** Errors of fetches that run side by side come as these end. */
  const meaning = ({ text, ...answer }: Awaited<ReturnType<typeof rawAnswer>>) => {
    const { errors = [], ...others } = JSON.parse(text) as { errors?: object[] };
    return { ...answer, errors: errors.map(error => JSON.stringify(error)).sort(), text: JSON.stringify(others) };
  };

  async function compared({ supergraphSdl, subgraphs, name }: Federation, trouble: string) {
    const fakes = fakeSubgraphs(subgraphs);
    const fate = new Fate(troubles[trouble]!, name);
    const plain = await gatewayOver(supergraphSdl, Object.keys(subgraphs), (each, body) => ({ text: fakes[each]!(body, fate) }));
    const vouching = await gatewayOver(supergraphSdl, Object.keys(subgraphs), (each, body) => {
      const text = fakes[each]!(body, fate);
      return JSON.parse(text).errors ? { text } : { text: text.replace('{"data":{', mark), headers: clean };
    });
    const schema = Supergraph.build(supergraphSdl, { validateSupergraph: false }).apiSchema().toGraphQLJSSchema();
    const written = name === 'hub' ? repositoryOperations(schema).map(([, operation]) => operation) : [];
    const simple = leavesOfRoots(schema).map(query => ({ query, variables: {} }));
    const generated = Array.from({ length: 40 }, (_, i) => generatedOperations(schema, `${trouble} ${i}`)).flat();
    let forwarded = 0;
    for (const operation of [...written, ...simple, ...generated]) {
      const first = await plain.ask(operation);
      const answers = [await plain.ask(operation), await vouching.ask(operation), await vouching.ask(operation)];
      for (const answer of answers) expect({ operation, ...meaning(answer) }).toEqual({ operation, ...meaning(first) });
      if (answers[2]!.text.startsWith(mark)) forwarded++;
    }
    await Promise.all([plain.stop(), vouching.stop()]);
    return { forwarded };
  }

  it.each([
    ['of the hub', hub, 'none'],
    ['of the hub, with nulls', hub, 'nulls'],
    ['of the hub, with errors', hub, 'errors'],
    ['of interfaces and unions', museum, 'none'],
  ])('operations %s', async (_, federation, trouble) => {
    const { forwarded } = await compared(federation, trouble);
    if (executor === 'hub' && federation === hub && trouble === 'none') expect(forwarded).toBeGreaterThan(5);
  });
});

describe('a subgraph that vouches', () => {
  let said: Said;
  const query = '{ peopleCount }';
  /** What the first reads, and the second: it is known by then. */
  const answers = async (...texts: string[]) => {
    const gateway = await gatewayOver(supergraphSdl, ['people', 'places'], () => said);
    try {
      const read: string[] = [];
      for (const text of texts) {
        said = { text, headers: clean };
        read.push((await gateway.ask({ query })).text);
      }
      return read;
    } finally {
      await gateway.stop();
    }
  };
  const told = '"extensions":{"cost":{"operation":1,"remaining":';

  it('is believed, and what the hub has to say stands behind its words', async () => {
    const [first, second] = await answers('{"data":{"peopleCount":3.0}}', '{"data":{"peopleCount":3.0}}\n');
    expect(first).toContain(`{"data":{"peopleCount":3},${told}`);
    expect(second).toContain(`{"data":{"peopleCount":${executor === 'hub' ? '3.0' : '3'}},${told}`);
    expect(second).toMatch(/\}\}\}\n$/);
  });

  it('may say more than one chunk holds', async () => {
    const long = `{"data":{"peopleCount":3${' '.repeat(300_000)}}}`;
    const read = await answers(long, long, long);
    expect(read.map(text => JSON.parse(text).data)).toEqual(Array(3).fill({ peopleCount: 3 }));
    // A point for answering, and one for each KB.
    const weighs = told.replace('1', String(1 + Math.floor(long.length / 1024)));
    if (executor === 'hub') expect(read[2]!.startsWith(`${long.slice(0, -1)},${weighs}`)).toBe(true);
  });

  it('cannot tell a client words of its errors, nor its extensions', async () => {
    const canary = '{"message":"canary of the database","extensions":{"code":"canary"}}';
    const read = await answers(
      '{"data":{"peopleCount":1}}',
      `{"data":{"peopleCount":null},"errors":[${canary}]}`,
      `{"errors":[${canary}],"data":{"peopleCount":null}}`,
      '{"data":{"peopleCount":2},"extensions":{"trace":{"canary":{}}}}',
      '{"data":{"peopleCount":2}} canary',
    );
    expect(read.join()).not.toContain('canary');
    expect(read.slice(1, 3).every(text => text.includes('"code":"INTERNAL"'))).toBe(true);
    expect(read[3]).toContain('{"data":{"peopleCount":2},');
    expect(read[4]).toContain('"code":"UNAVAILABLE"');
  });
});
