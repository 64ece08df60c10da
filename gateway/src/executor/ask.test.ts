import { describe, expect, it } from '@jest/globals';
import { type Asked, askStand, type Market, stands } from '../testing/market.ts';

type Entity = Record<string, any>;
type Answered = Record<string, any>;
const book = (id: string, rest: object = {}) => ({ __typename: 'Book', id, size: null, sizes: null, ...rest });
const goods = () => ({ data: { books: [book('1', { sequel: book('2') })] } });
const query = '{ books { shelf sequel { crates } } }';

/** The lists of representations of a request: one, or one for each part. */
const lists = ({ variables }: Asked): Entity[][] => Object.values(variables as object).filter(Array.isArray);
const ids = (asked: Asked) => lists(asked).map(list => list.map(({ id }) => id));

type Change = (answer: Answered) => Answered;
const same: Change = answer => answer;

/** Answers requests of one part and of several; what becomes of either is for the test to say. */
const store =
  ({ alone = same, together = same }: { alone?: Change; together?: Change }) =>
  (asked: Asked) => {
    const parts = lists(asked).map(list => list.map(({ id }) => ({ shelf: `shelf ${id}`, crates: Number(id) })));
    return parts.length === 1
      ? alone({ data: { _entities: parts[0] } })
      : together({ data: { entities0: parts[0], entities1: parts[1] } });
  };

async function askHub(market: Market, text = query, variables: Record<string, unknown> = {}) {
  const { hub } = await stands(market);
  const answer = await askStand(hub, text, variables);
  return { answer, sent: hub.sent.filter(({ subgraph }) => subgraph === 'store').map(({ asked }) => ids(asked)) };
}

describe('fetches of entities that come to a subgraph at one moment', () => {
  it('go in one request', async () => {
    const { answer, sent } = await askHub({ goods, store: store({}) });
    expect(answer).toEqual({ data: { books: [{ shelf: 'shelf 1', sequel: { crates: 2 } }] } });
    expect(sent).toEqual([[['1'], ['2']]]);
  });

  it('find their errors at their own rows', async () => {
    const failing = store({
      together: ({ data }) => ({
        data: { ...data, entities1: [null] },
        errors: [{ message: 'no crates', path: ['entities1', 0, 'crates'], extensions: { code: 'NOT_FOUND' } }],
      }),
    });
    const { answer, sent } = await askHub({ goods, store: failing });
    expect(answer).toMatchObject({
      data: { books: [{ shelf: 'shelf 1', sequel: { crates: null } }] },
      errors: [{ message: 'no crates', path: ['books', 0, 'sequel', 'crates'], extensions: { code: 'NOT_FOUND' } }],
    });
    expect(sent).toHaveLength(1);
  });

  it.each<[string, Change]>([
    ['without data', () => ({ data: null, errors: [{ message: 'too much at once' }] })],
    ['that is refused', () => ({ errors: [{ message: 'one at a time' }] })],
    ['that lacks one of them', ({ data }) => ({ data: { ...data, entities1: null } })],
    ['with an error of nowhere', ({ data }) => ({ data, errors: [{ message: 'somewhere' }] })],
    ['with an error elsewhere', ({ data }) => ({ data, errors: [{ message: 'there', path: ['entities7', 0] }] })],
  ])('are asked one by one after an answer %s', async (_, together) => {
    const { answer, sent } = await askHub({ goods, store: store({ together }) });
    expect(answer).toEqual({ data: { books: [{ shelf: 'shelf 1', sequel: { crates: 2 } }] } });
    expect(sent).toEqual([[['1'], ['2']], [['1']], [['2']]]);
  });

  it('fail as each for itself where the subgraph gives no answer', async () => {
    const { answer } = await askHub({
      goods,
      store: () => {
        throw new Error('gone');
      },
    });
    expect(answer.data).toEqual({ books: [{ shelf: null, sequel: { crates: null } }] });
    expect(answer.errors).toHaveLength(2);
  });

  const seller = { __typename: 'Seller', country: { code: 'CN' }, number: 1 };
  /** Every book is of one seller. */
  const sale: Market = {
    goods,
    store: asked =>
      lists(asked).length === 1
        ? { data: { _entities: [{ seller }] } }
        : { data: { entities0: [{ seller }], entities1: [{ seller }] } },
    sellers: asked =>
      lists(asked).length === 1
        ? { data: { _entities: [{ rating: asked.variables.of, name: 'N' }] } }
        : { data: { entities0: [{ rating: asked.variables.of }], entities1: [{ name: 'N' }] } },
  };

  it('bring the variables of each', async () => {
    const text = 'query ($of: Int) { books { seller { rating(of: $of) } sequel { seller { name } } } }';
    const { hub } = await stands(sale);
    const answer = await askStand(hub, text, { of: 4 });
    expect(answer.data).toEqual({ books: [{ seller: { rating: 4 }, sequel: { seller: { name: 'N' } } }] });
    expect(hub.sent.at(-1)!.asked.variables).toEqual({ of: 4, representations0: [seller], representations1: [seller] });
  });

  it('are asked alone where a variable of the client could be taken for one of theirs', async () => {
    const text =
      'query ($representations1: Int) { books { seller { rating(of: $representations1) } sequel { seller { name } } } }';
    const { hub } = await stands(sale);
    expect((await askStand(hub, text, { representations1: 4 })).errors).toBeUndefined();
    const sellers = hub.sent.filter(({ subgraph }) => subgraph === 'sellers').map(({ asked }) => asked.variables);
    expect(sellers).toEqual(
      expect.arrayContaining([{ representations1: 4, representations: [seller] }, { representations: [seller] }]),
    );
  });
});
