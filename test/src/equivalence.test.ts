import type { Execute } from '@hub/gateway/executor/executor';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { compare } from './equivalence/compare.ts';
import { type Contest, openContest } from './equivalence/executors.ts';
import { hub, museum } from './equivalence/federation.ts';
import { repositoryOperations } from './equivalence/repository-operations.ts';
import { Tally } from './equivalence/tally.ts';
import { trials, tried } from './equivalence/trial.ts';
import { troubles } from './equivalence/trouble.ts';

const seed = 1;
const operationsOfEach = 350;
const calm = { name: 'none', seed: 'calm' };

describe.each([museum, hub])('the executor and Apollo’s, over the supergraph $name', federation => {
  let contest: Contest;
  beforeAll(async () => {
    contest = await openContest(federation);
  });

  it('answer every generated operation alike, errors and all', async () => {
    const tally = new Tally();
    for (; tally.operations < operationsOfEach; tally.operations++) {
      for await (const { comparison, report } of trials(contest, seed, tally.operations)) {
        tally.count(comparison);
        expect(report).toBe('');
      }
    }
    // An easy day for both would prove little.
    expect(tally.fetches).toBeGreaterThan(operationsOfEach * 2);
    for (const some of [tally.withErrors, tally.withNulls, tally.withNotes, tally.subgraphsDown]) {
      expect(some).toBeGreaterThan(operationsOfEach / 20);
    }
    expect(tally.refused).toBeLessThan(operationsOfEach / 10);
  });
});

describe('the executor and Apollo’s, over the operations of the repository', () => {
  let contest: Contest;
  beforeAll(async () => {
    contest = await openContest(hub);
  });

  it('answer each alike in every trouble', async () => {
    const operations = repositoryOperations(contest.schema);
    expect(operations.length).toBeGreaterThanOrEqual(10);
    for (const [name, operation] of operations) {
      for (const trouble of Object.keys(troubles)) {
        const { comparison, report } = await tried(contest, operation, { name: trouble, seed: name });
        expect(report).toBe('');
        if (trouble === 'none') expect(comparison.apollo.fetches.length).toBeGreaterThan(0);
      }
    }
  });
});

describe('the comparison itself', () => {
  let contest: Contest;
  beforeAll(async () => {
    contest = await openContest(museum);
  });

  const operation = {
    query:
      '{ cabinet { drawer { label holds { __typename } } keeper { motto sold } } wall { title onLoan } items { label price { amount } } }',
    variables: {},
  };
  type Answer = Awaited<ReturnType<Execute>>;
  const spoilt = (spoil: (answer: any) => void): Contest => ({
    ...contest,
    own: {
      ...contest.own,
      execute: async context => {
        const answer = (await contest.own.execute(context)) as Answer;
        const copy = { ...answer, data: structuredClone(answer.data), errors: answer.errors?.map(error => error.toJSON()) };
        spoil(copy);
        return copy as unknown as Answer;
      },
    },
  });
  const differences = async (spoil: (answer: any) => void, trouble = calm) =>
    (await compare(spoilt(spoil), operation, trouble)).differences;
  /** The first seed in which Apollo's answer has something to spoil. */
  const troubled = async (name: string, part: 'errors' | 'extensions') => {
    for (let n = 0; n < 200; n++) {
      const { apollo } = await compare(contest, operation, { name, seed: String(n) });
      if (apollo[part]) return { name, seed: String(n) };
    }
    throw new Error(`no ${part} in 200 seeds of ${name}`);
  };

  it('finds nothing where nothing is spoilt', async () => {
    expect(await differences(() => undefined)).toEqual([]);
    expect(await differences(() => undefined, await troubled('errors', 'errors'))).toEqual([]);
  });

  it('finds a field that is lacking, and a value that is another', async () => {
    expect(await differences(({ data }) => delete data.cabinet.drawer)).toEqual(['data']);
    expect(await differences(({ data }) => (data.cabinet.drawer.label += '.'))).toEqual(['data']);
  });

  it('finds an error of another path, message or code, one too many and one too few', async () => {
    const errors = await troubled('errors', 'errors');
    expect(await differences(answer => (answer.errors[0].path = ['elsewhere']), errors)).toEqual(['errors']);
    expect(await differences(answer => (answer.errors[0].message += '.'), errors)).toEqual(['errors']);
    expect(await differences(answer => (answer.errors[0].extensions = { code: 'ANOTHER' }), errors)).toEqual(['errors']);
    expect(await differences(answer => answer.errors.push(answer.errors[0]), errors)).toEqual(['errors']);
    expect(await differences(answer => answer.errors.pop(), errors)).toEqual(['errors']);
  });

  it('finds a note of completion that is lacking', async () => {
    const notes = await troubled('wrong leaves', 'extensions');
    expect(await differences(answer => delete answer.extensions, notes)).toEqual(['extensions']);
  });

  it('finds an answer that never came', async () => {
    expect(
      await differences(() => {
        throw new Error('lost');
      }),
    ).toEqual(expect.arrayContaining(['data', 'rejection']));
  });

  it('finds a fetch too many, and one that asks for something else', async () => {
    const asking = (body: string): Contest => ({
      ...contest,
      own: {
        ...contest.own,
        execute: async context => {
          await contest.own.route.to('shop').send({ body, isMutation: false, caller: context.context as never });
          return contest.own.execute(context);
        },
      },
    });
    const { differences: found } = await compare(asking('{"query":"{__typename}"}'), operation, calm);
    expect(found).toEqual(['fetches']);
  });
});
