import { describe, expect, it } from '@jest/globals';
import { askMarket, type Market } from '../testing/market.ts';

/** What a client reads where the goods answer so; Apollo's executor has answered the same. */
const answered = (data: object, query: string, variables?: Record<string, unknown>) => {
  const market: Market = { goods: () => ({ data }) };
  return askMarket(market, query, variables);
};
const notes = ({ extensions }: any) =>
  extensions?.valueCompletion.map(({ message, path }: any) => `${message} ${path.join('.')}`);

describe('an answer', () => {
  it('has the order, the names and the fields that were asked for', async () => {
    const { data } = await answered(
      { __typename: 'Query', b: { cost: 3, name: 'Mo', again: 'Mo', unasked: 1 } },
      '{ b: book(id: "1") { again: name name cost: price } __typename }',
    );
    expect(JSON.stringify(data)).toBe('{"b":{"again":"Mo","name":"Mo","cost":3},"__typename":"Query"}');
  });

  it('may name a field as something every object inherits', async () => {
    const book = JSON.parse('{"__proto__":1,"constructor":"C","toString":{"width":2}}');
    const query = '{ book(id: "1") { __proto__: pages constructor: name toString: size { width } hasOwnProperty: name } }';
    const { data } = await answered({ book }, query);
    expect(JSON.stringify(data.book)).toBe('{"__proto__":1,"constructor":"C","toString":{"width":2},"hasOwnProperty":null}');
  });

  it('has null where a row is missing, up to where null may stand, and says so once', async () => {
    const answer = await answered(
      {
        books: [
          { name: 'A', size: { width: 1 } },
          { name: 'B', size: null },
        ],
        goods: [
          { __typename: 'Book', price: null },
          { __typename: 'Tool', price: 2 },
        ],
      },
      '{ books { name size { width } } goods { price } }',
    );
    expect(answer.data).toEqual({ books: null, goods: [null, { price: 2 }] });
    expect(notes(answer)).toEqual([
      'Cannot return null for non-nullable field Book.size. books.1.size',
      'Cannot return null for non-nullable field Book.price. goods.0.price',
    ]);
  });

  it('loses a list with a null that may not be there, and keeps the lists beside it', async () => {
    const answer = await answered(
      { book: { chapters: [[{ pages: 1 }], [null, { pages: 2 }], null, [{ pages: 'x' }]] } },
      '{ book(id: "1") { chapters { pages } } }',
    );
    expect(answer.data).toEqual({ book: { chapters: [[{ pages: 1 }], null, null, null] } });
    expect(notes(answer)).toEqual([
      'Cannot return null for non-nullable array element of type Chapter at index 0. book.chapters.1.0',
      'Invalid value found for field Chapter.pages. book.chapters.3.0.pages',
    ]);
  });

  it('is null as a whole where a root field that cannot be null is', async () => {
    expect((await answered({ strict: null }, '{ strict { id } }')).data).toBeNull();
  });

  it('takes no value that its type does not have', async () => {
    const answer = await answered(
      {
        books: [
          { binding: 'HARD', pages: 3, weight: 1, isUsed: true, extra: { any: ['thing'] }, id: 7, name: 'A' },
          { binding: 'LEATHER', pages: 1.5, weight: '1', isUsed: 'yes', extra: 5, id: 1e21, name: 'B' },
          { binding: 1, pages: '3', weight: null, isUsed: 0, extra: false, id: '8', name: { de: 'B' } },
        ],
      },
      '{ books { binding pages weight isUsed extra name } }',
    );
    expect(answer.data.books).toEqual([
      { binding: 'HARD', pages: 3, weight: 1, isUsed: true, extra: { any: ['thing'] }, name: 'A' },
      { binding: null, pages: null, weight: null, isUsed: null, extra: 5, name: 'B' },
      { binding: null, pages: null, weight: null, isUsed: null, extra: false, name: null },
    ]);
    expect(notes(answer)).toHaveLength(8);
    expect((await answered({ book: { id: 1e21 } }, '{ book(id: "1") { id } }')).data).toEqual({ book: null });
  });

  it('is an error alone where a subgraph answers another shape', async () => {
    expect(await answered({ books: { id: '1' } }, '{ books { id } }')).toEqual({
      errors: [{ message: 'Invalid non-list value [object Object] returned by subgraph for list type [Book!]' }],
    });
    expect((await answered({ book: 'Mo' }, '{ book(id: "1") { id } }')).errors).toHaveLength(1);
    expect((await answered({ book: { __typename: 1 } }, '{ book(id: "1") { id } }')).errors).toHaveLength(1);
  });
});

describe('rows of several types', () => {
  const rows = {
    goods: [
      { __typename: 'Book', id: '1', name: 'Mo', pages: 3 },
      { __typename: 'Tool', id: '2', name: 'Saw', power: 'AC' },
    ],
  };

  it('answer each what was asked of its type, through fragments within fragments', async () => {
    const query = `{ goods { ... on Book { pages ...named } ...named ... on Tool { t: __typename power } } }
      fragment named on Good { ... on Good { name } ... on Tool { id } }`;
    expect((await answered(rows, query)).data.goods).toEqual([
      { pages: 3, name: 'Mo' },
      { name: 'Saw', id: '2', t: 'Tool', power: 'AC' },
    ]);
  });

  it('become null where they say they are of no type there is, or say nothing where it is asked', async () => {
    const answer = await answered({ goods: [{ __typename: 'Spoon', id: '1' }, { id: '2' }] }, '{ goods { id } }');
    expect(answer.data.goods).toEqual([null, { id: '2' }]);
    expect(notes(answer)).toEqual(['Invalid __typename found for object at array element of type Good at index 0. goods.0']);
    expect((await answered({ goods: [{ id: '2' }] }, '{ goods { __typename id } }')).data.goods).toEqual([null]);
  });
});

describe('a field asked for more than once', () => {
  it('holds what all of its selections ask for', async () => {
    const book = {
      size: { width: 1, height: 2 },
      sizes: [
        { width: 3, height: 4 },
        { width: 5, height: null },
      ],
      name: 'Mo',
    };
    const query = `{ book(id: "1") {
      size { width } ...more sizes { width } name ... on Good { name } } }
      fragment more on Book { name size { height width } sizes { height } }`;
    const { data } = await answered({ book }, query);
    expect(JSON.stringify(data.book)).toBe(
      '{"size":{"width":1,"height":2},"name":"Mo","sizes":[{"height":4,"width":3},{"height":null,"width":5}]}',
    );
  });

  it('stays null where one of them made it so', async () => {
    const book = { __typename: 'Book', chapters: [[{ title: 'A', pages: null }], [{ title: 'B', pages: 2 }]] };
    const query = '{ book(id: "1") { chapters { pages } ... on Good { ... on Book { chapters { title } } } } }';
    expect((await answered({ book }, query)).data.book).toEqual({ chapters: [null, [{ pages: 2, title: 'B' }]] });
  });
});

describe('@skip and @include', () => {
  const query = `query ($yes: Boolean! = true, $no: Boolean!) {
    book(id: "1") { id @skip(if: $yes) name @include(if: $yes) ... on Good @skip(if: $no) { price } ... @include(if: $no) { pages } title @include(if: false) }
    shelves @include(if: $no)
  }`;
  const market: Market = {
    goods: () => ({ data: { book: { id: '1', name: 'Mo', price: 2, pages: 3, title: 'T' } } }),
    store: () => ({ data: { shelves: 4 } }),
  };

  it('decide by the variables of each request', async () => {
    expect((await askMarket(market, query, { no: false })).data).toEqual({ book: { name: 'Mo', price: 2 } });
    expect((await askMarket(market, query, { no: true, yes: false })).data).toEqual({ book: { id: '1', pages: 3 }, shelves: 4 });
  });

  it('refuse a null that is given in place of a default', async () => {
    const nullable = 'query ($yes: Boolean = true) { book(id: "1") { name @include(if: $yes) } }';
    expect((await askMarket(market, nullable)).data).toEqual({ book: { name: 'Mo' } });
    expect(await askMarket(market, nullable, { yes: null })).toEqual({
      errors: [{ message: 'Unexpected value null for variable $yes of @include(if: $yes)' }],
    });
  });
});
