/** An operation that nobody means well: sent as the JSON body of a POST by a viewer with a good token. Each must be answered with a coded 4xx. */
export interface HostileOperation {
  name: string;
  body: unknown;
}

const range = (length: number) => Array.from({ length }, (_, index) => index);
const operation = (name: string, query: string, others: object = {}): HostileOperation => ({ name, body: { query, ...others } });

const nested = (depth: number, field = 'inside') => `{ place(id: 1) ${`{ ${field} `.repeat(depth)}{ id }${' }'.repeat(depth)} }`;
const inFragments = (depth: number) =>
  `{ place(id: 1) { ...f0 } } ${range(depth)
    .map(level => `fragment f${level} on Place { inside { ${level + 1 < depth ? `...f${level + 1}` : 'id'} } }`)
    .join(' ')}`;
const inInline = (depth: number) => `{ place(id: 1) ${'{ ... on Place { inside '.repeat(depth)}{ id }${' } }'.repeat(depth)} }`;
const doubled = (levels: number, by: number) =>
  `{ place(id: 1) { ...f0 } } ${range(levels)
    .map(level => `fragment f${level} on Place { ${level + 1 < levels ? `...f${level + 1} `.repeat(by) : 'id'} }`)
    .join(' ')}`;
const aliases = (count: number, field: string) =>
  `{ ${range(count)
    .map(index => `a${index}: ${field}`)
    .join(' ')} }`;
const circle = (length: number) =>
  `{ place(id: 1) { ...c0 } } ${range(length)
    .map(index => `fragment c${index} on Place { ...c${(index + 1) % length} }`)
    .join(' ')}`;
const typeOf = (depth: number) => `{ __schema { types { ${'fields { type { '.repeat(depth)}name${' } }'.repeat(depth)} } } }`;

const depth = [
  ...[16, 17, 20, 50, 100, 500, 1_000].map(levels => operation(`${levels} levels of fields`, nested(levels))),
  ...[16, 30, 200].map(levels => operation(`${levels} levels of fragments`, inFragments(levels))),
  ...[16, 60, 400].map(levels => operation(`${levels} levels of inline fragments`, inInline(levels))),
  ...[1_000, 4_990].map(levels => operation(`${levels} braces`, '{'.repeat(levels))),
  ...[100, 2_000].map(levels =>
    operation(`${levels} nested lists as a value`, `{ place(id: ${'['.repeat(levels)}${']'.repeat(levels)}) { id } }`),
  ),
  ...[100, 1_500].map(levels =>
    operation(`${levels} nested objects as a value`, `{ place(id: ${'{a:'.repeat(levels)}1${'}'.repeat(levels)}) { id } }`),
  ),
  ...[200, 2_000].map(levels =>
    operation(
      `${levels} nested list types of a variable`,
      `query($v: ${'['.repeat(levels)}ID${']'.repeat(levels)}) { place(id: $v) { id } }`,
    ),
  ),
];

const cost = [
  ...[5, 6, 8, 12].map(levels => operation(`${levels} lists inside lists`, nested(levels))),
  ...[10, 60, 190].map(count =>
    operation(`${count} lists of lists of lists side by side`, aliases(count, 'places { inside { inside { inside { id } } } }')),
  ),
  operation(
    'lists hidden in fragments',
    `{ places { ...f } } fragment f on Place { inside { inside { inside { inside { id } } } } }`,
  ),
  operation(
    'lists hidden in inline fragments',
    '{ places { ... on Place { inside { ... { inside { inside { inside { id } } } } } } } }',
  ),
  operation(
    'lists included by a variable',
    'query($yes: Boolean = true) { places { inside @include(if: $yes) { inside { inside { inside { id } } } } } }',
  ),
  operation(
    'lists not skipped',
    'query($no: Boolean!) { places { inside @skip(if: $no) { inside { inside { inside { id } } } } } }',
    { variables: { no: false } },
  ),
];

const breadth = [
  ...[201, 400, 700].map(count => operation(`${count} aliases of a field`, aliases(count, 'peopleCount'))),
  ...[201, 999].map(count => operation(`${count} aliases of __typename`, aliases(count, '__typename'))),
  ...[201, 400].map(count => operation(`${count} aliases across subgraphs`, aliases(count, 'place(id: 1) { people }'))),
  operation(
    'aliases in fragments',
    `{ ...a ...b } fragment a on Query ${aliases(110, 'peopleCount')} fragment b on Query ${aliases(110, '__typename').replaceAll('a', 'b').replaceAll('__typenbme', '__typename')}`,
  ),
  ...[5_001, 20_000, 100_000].map(count => operation(`${count} fields`, `{ ${'id '.repeat(count)} }`)),
  operation('100,000 commas', `{ peopleCount ${','.repeat(100_000)} }${' }'.repeat(2)}`),
  operation('20,000 arguments', `{ place(${'id: 1 '.repeat(20_000)}) { id } }`),
  operation(
    '3,000 variables',
    `query(${range(1_300)
      .map(index => `$v${index}: ID`)
      .join(' ')}) { peopleCount }`,
  ),
  operation(
    '2,000 operations',
    range(1_600)
      .map(index => `query q${index} { peopleCount }`)
      .join(' '),
  ),
  operation(
    '2,000 fragments that nobody uses',
    `{ peopleCount } ${range(700)
      .map(index => `fragment f${index} on Place { id }`)
      .join(' ')}`,
  ),
  operation('a name of 100,000 letters', `{ ${'a'.repeat(100_000)} }`),
  operation('a text of 500,000 letters as a number', `{ place(id: "1") { id } places(first: "${'9'.repeat(500_000)}") { id } }`),
  operation('a number of 100,000 digits', `{ places(first: ${'9'.repeat(100_000)}) { id } }`),
];

const fragments = [
  ...[14, 18, 24, 40].map(levels => operation(`${levels} levels of doubled fragments`, doubled(levels, 2))),
  ...[7, 10].map(levels => operation(`${levels} levels of fragments, ten of each`, doubled(levels, 10))),
  ...[1, 2, 3, 50].map(length => operation(`a circle of ${length} fragments`, circle(length))),
  operation('an unknown fragment', '{ ...nobody }'),
  operation('a fragment on an unknown type', '{ ... on Nobody { id } }'),
  operation('a fragment on a scalar', '{ ... on String { id } }'),
  operation('a fragment twice', '{ ...f } fragment f on Query { peopleCount } fragment f on Query { peopleCount }'),
  operation('fields that conflict', '{ a: peopleCount a: __typename }'),
  operation(
    'many fields that conflict',
    `{ ${range(150)
      .map(index => `a: place(id: ${index}) { id }`)
      .join(' ')} }`,
  ),
];

const directives = [
  ...[10, 50, 500, 1_200].map(count =>
    operation(`${count} directives on a field`, `{ peopleCount ${'@include(if: true) '.repeat(count)} }`),
  ),
  ...[10, 300].map(count => operation(`${count} unknown directives`, `{ peopleCount ${'@a '.repeat(count)} }`)),
  operation(
    'directives spread over fields',
    `{ ${range(10)
      .map(index => `a${index}: peopleCount @skip(if: false)`)
      .join(' ')} }`,
  ),
  operation('directives on fragments', `{ ${'... @include(if: true) { peopleCount } '.repeat(10)} }`),
  operation('directives on an operation', `query ${'@skip(if: true) '.repeat(12)} { peopleCount }`),
  operation('@defer', '{ places { id ... @defer { people } } }'),
  operation('@stream', '{ places @stream(initialCount: 0) { id } }'),
  operation('a directive of the join specification', '{ peopleCount @join__field(graph: PEOPLE) }'),
  operation('@skip without its argument', '{ peopleCount @skip }'),
  operation('@skip with a text', '{ peopleCount @skip(if: "true") }'),
];

const introspection = [
  ...[11, 60, 150].map(count =>
    operation(`the schema ${count} times`, aliases(count, '__schema { types { name fields { name } } }')),
  ),
  ...[51, 199].map(count => operation(`a type ${count} times`, aliases(count, '__type(name: "Place") { fields { name } }'))),
  ...[4, 6, 10, 30].map(levels => operation(`the types of fields, ${levels} levels`, typeOf(levels))),
  operation(
    'possible types in a circle',
    `{ __schema { types ${'{ possibleTypes { interfaces '.repeat(6)}{ name }${' } }'.repeat(6)} } }`,
  ),
  operation('the SDL of a subgraph', '{ _service { sdl } }'),
  operation('entities', '{ _entities(representations: [{ __typename: "Place", id: "1" }]) { __typename } }'),
  operation('entities by a variable', 'query($r: [_Any!]!) { _entities(representations: $r) { __typename } }', {
    variables: { r: [{ __typename: 'Place', id: 1 }] },
  }),
  operation('the join enum', '{ __type(name: "join__Graph") { enumValues { name } } join__Graph }'),
  operation('a subscription', 'subscription { peopleCount }'),
  operation('a schema definition', 'type Query { a: Int }'),
  operation('an extension of the schema', '{ peopleCount } extend type Query { a: Int }'),
];

const prototypes = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__', 'valueOf'].flatMap(
  word => [
    operation(`the field ${word}`, `{ ${word} }`),
    operation(`the argument ${word}`, `{ place(id: 1, ${word}: 1) { id } }`),
    operation(`the fragment ${word}`, `{ ...${word} }`),
    operation(`the type ${word}`, `{ ... on ${word} { id } }`),
    operation(`the operation ${word}`, '{ peopleCount }', { operationName: word }),
  ],
);

const shapes: HostileOperation[] = [
  { name: 'an empty batch', body: [] },
  { name: 'a batch', body: [{ query: '{ peopleCount }' }] },
  { name: 'a batch of 1,000', body: range(1_000).map(() => ({ query: '{ peopleCount }' })) },
  { name: 'nothing', body: {} },
  { name: 'null', body: null },
  { name: 'a number', body: 7 },
  { name: 'a text', body: '{ peopleCount }' },
  { name: 'true', body: true },
  ...[null, 7, [], {}, true, '', ' ', '#', '\u0000', '\ufeff', '💣'].map(query => ({
    name: `the query ${JSON.stringify(query)}`,
    body: { query },
  })),
  ...['a', 7, [1], true].map(variables => ({
    name: `the variables ${JSON.stringify(variables)}`,
    body: { query: '{ peopleCount }', variables },
  })),
  ...[7, [], {}, true].map(operationName => ({
    name: `the operation name ${JSON.stringify(operationName)}`,
    body: { query: '{ peopleCount }', operationName },
  })),
  ...['a', 7, [1], true].map(extensions => ({
    name: `the extensions ${JSON.stringify(extensions)}`,
    body: { query: '{ peopleCount }', extensions },
  })),
  operation('a variable of the wrong type', 'query($id: ID!) { place(id: $id) { id } }', { variables: { id: {} } }),
  operation('a variable missing', 'query($id: ID!) { place(id: $id) { id } }'),
  operation('a variable nobody declared', '{ place(id: $id) { id } }'),
  operation('a variable as a type', 'query($v: Query) { peopleCount }'),
  operation('a lone surrogate', '{ place(id: "\\uD800") { id } }'),
  operation('an escape that is none', '{ place(id: "\\x41") { id } }'),
  operation('a text without an end', '{ place(id: "'),
  operation('a block text without an end', '{ place(id: """'),
  operation('a control character', '{ peopleCount \u0007 }'),
  operation('SQL in place of a field', "{ place(id: 1) { id'; drop table person; -- } }"),
  operation('a path in place of a field', '{ ../../etc/passwd }'),
  operation('a markup in place of a field', '{ <script>alert(1)</script> }'),
];

const documents = [
  ...['', 'a', '0'.repeat(64), 'f'.repeat(100_000), '__proto__', '../manifest.json'].map(documentId => ({
    name: `the document ${documentId.slice(0, 20) || 'without a name'}`,
    body: { documentId },
  })),
  ...[null, 7, 'a', {}, { version: 1 }, { version: 2, sha256Hash: 'a' }, { version: 1, sha256Hash: ['a'] }].map(
    persistedQuery => ({
      name: `the persisted query ${JSON.stringify(persistedQuery)}`,
      body: { extensions: { persistedQuery } },
    }),
  ),
  {
    name: 'a hash of another text',
    body: { query: '{ peopleCount }', extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } } },
  },
];

/** Operations by what they try. */
export const hostileOperations: Record<string, HostileOperation[]> = {
  depth,
  cost,
  breadth,
  fragments,
  directives,
  introspection,
  prototypes,
  shapes,
  documents,
};
