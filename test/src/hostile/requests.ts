/** A request that is none the door knows. `{token}` in a header stands for a good one. Each must be answered with a coded 4xx. */
export interface HostileRequest {
  name: string;
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

const bearer = { authorization: '{token}' };
const query = '{"query":"{ peopleCount }"}';
const json = { ...bearer, 'content-type': 'application/json' };
const post = (name: string, headers: Record<string, string>, body = query): HostileRequest => ({
  name,
  method: 'POST',
  path: '/graphql',
  headers,
  body,
});

/** What a form or an image of another page can send without asking first. */
const forms = [
  'text/plain',
  'text/plain; charset=utf-8',
  'text/plain; application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/xml',
  'text/html',
  'application/graphql',
  'application/json, text/plain',
  'application/jsonp',
  'application/json5',
  'application',
  'application/json/',
  '*/*',
  '/',
].flatMap(type => [
  post(`a form of ${type}`, { ...bearer, 'content-type': type }),
  post(`a form of ${type} without a token`, { 'content-type': type, cookie: 'session=1' }),
]);

const tokens = [
  '',
  'Bearer',
  'Bearer ',
  'Bearer a.b.c',
  'Bearer eyJhbGciOiJub25lIn0.e30.',
  'Bearer eyJhbGciOiJub25lIn0.e30.x',
  'Basic YTpi',
  'bearer  {token}',
  '{token} {token}',
  '{token}, Bearer x',
  'Bearer ../../etc/passwd',
  `Bearer ${'a'.repeat(9_000)}.b.c`,
  "Bearer ' or 1=1 --",
].map(authorization => post(`the token ${authorization.slice(0, 30)}`, { authorization, 'content-type': 'application/json' }));

const encodings = ['utf-7', 'utf-16', 'x-unknown', 'utf-8"; x="'].map(charset =>
  post(`the charset ${charset}`, { ...bearer, 'content-type': `text/plain; charset=${charset}` }),
);

const bodies = [
  ['broken JSON', '{"query": '],
  ['JSON and more', `${query}${query}`],
  ['no body', ''],
  ['blanks', '   '],
  ['a form in JSON', 'query=%7BpeopleCount%7D'],
  ['bytes that are no text', '\u0000\u0001\u0002'],
  ['a prototype', '{"__proto__":{"query":"{ peopleCount }"}}'],
  ['a constructor', '{"constructor":{"prototype":{"query":"{ peopleCount }"}}}'],
  ['10,000 nested lists', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
  ['100,000 nested objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ['1.1 MB', JSON.stringify({ query: `{ peopleCount } # ${'x'.repeat(1_100_000)}` })],
  ['a prototype in the variables', '{"query":"{ peopleCount }","variables":{"__proto__":{"a":1}}}'],
  ['a comment', '{"query":"{ peopleCount }" /* */}'],
  ['NaN', '{"query":NaN}'],
].map(([name, body]) => post(String(name), json, body));

const gets = [
  '/graphql',
  '/graphql?query=',
  '/graphql?query=%7B',
  '/graphql?query=mutation%7BaddPerson(name%3A%22x%22)%7D',
  '/graphql?query=%7BpeopleCount%7D&query=%7BpeopleCount%7D',
  '/graphql?query=%7BpeopleCount%7D&variables=%7B',
  '/graphql?query=%7BpeopleCount%7D&variables=7',
  '/graphql?query=%7BpeopleCount%7D&extensions=%5B',
  '/graphql?query=%7BpeopleCount%7D&operationName=b',
  '/graphql?query[]=%7BpeopleCount%7D',
  '/graphql?__proto__=1',
  '/graphql?documentId=1',
  `/graphql?query=${'%7B'.repeat(2_000)}`,
  '/graphql/',
  '/graphql/..%2f..%2fetc%2fpasswd',
  '/graphql%00',
  '/GRAPHQL',
  '//graphql?query=%7BpeopleCount%7D',
  '/graphiql/%E0%A4%A',
  '/graphiql/..%2fpackage.json',
  '/graphiql/../../package.json',
  '/.env',
  '/admin',
  '/metrics/',
  '/imports/places',
  `/${'a'.repeat(8_000)}`,
].map(path => ({ name: `GET ${path.slice(0, 60)}`, path, headers: bearer }));

const methods = ['PUT', 'DELETE', 'PATCH', 'OPTIONS'].map(method => ({
  name: `${method} /graphql`,
  method,
  path: '/graphql',
  headers: bearer,
}));

const operators = ['/metrics', '/status'].flatMap(path =>
  ['x-forwarded-for', 'forwarded'].map(header => ({
    name: `${path} through a proxy that says ${header}`,
    path,
    headers: { [header]: 'for=10.0.0.9' },
  })),
);

const imports = [
  ['an unknown ledger', 'nowhere'],
  ['a ledger of the prototype', '__proto__'],
  ['a path as a ledger', '..%2f..%2fetc%2fpasswd'],
  ['a flag that is none', 'places?dryRun=perhaps'],
].map(([name, path]) => ({
  name: `an import into ${name}`,
  method: 'POST',
  path: `/imports/${path}`,
  headers: { ...bearer, 'content-type': 'text/csv' },
  body: 'a\n1',
}));

const keys = ['a b', '', 'x'.repeat(256), 'é'].map(key =>
  post(`the idempotency key ${key.slice(0, 10)}`, { ...json, 'idempotency-key': key }),
);

const csrf: HostileRequest[] = [
  {
    name: 'a GET of another page',
    path: '/graphql?query=%7BpeopleCount%7D',
    headers: { origin: 'https://elsewhere.example', cookie: 'a=b' },
  },
  { name: 'a GET with a token in the query', path: '/graphql?query=%7BpeopleCount%7D&access_token=x' },
  {
    name: 'an accepted type that is none of ours',
    method: 'POST',
    path: '/graphql',
    headers: { ...json, accept: 'text/html' },
    body: query,
  },
];

/** Requests by what they try. */
export const hostileRequests: Record<string, HostileRequest[]> = {
  forms,
  tokens,
  encodings,
  bodies,
  gets,
  methods,
  operators,
  imports,
  keys,
  csrf,
};
