/** Bytes on a connection that no client would send. `{token}` stands for a good one, and `\n` for the end of a line. */
export interface HostileBytes {
  name: string;
  text: string;
}

const good = '{"query":"{ peopleCount }"}';
const request = (lines: string[], body = '', start = 'POST /graphql HTTP/1.1') => [start, ...lines, '', body].join('\n');
const host = 'Host: hub';
const type = 'Content-Type: application/json';
const token = 'Authorization: {token}';
const length = (size: number) => `Content-Length: ${size}`;
const smuggled = 'GET /livez HTTP/1.1\nHost: hub\n\n';
const chunked = '0\n\n';

/** Two readers could disagree about where each of these ends. */
const smuggling: HostileBytes[] = [
  {
    name: 'a length and chunks',
    text: request([host, token, type, length(6), 'Transfer-Encoding: chunked'], `${chunked}${smuggled}`),
  },
  {
    name: 'chunks and a length',
    text: request([host, token, type, 'Transfer-Encoding: chunked', length(6)], `${chunked}${smuggled}`),
  },
  { name: 'two lengths', text: request([host, token, type, length(27), length(30)], `${good}${smuggled}`) },
  { name: 'two lengths in a line', text: request([host, token, type, 'Content-Length: 27, 30'], `${good}${smuggled}`) },
  { name: 'a negative length', text: request([host, token, type, length(-1)], good) },
  { name: 'a length with a sign', text: request([host, token, type, 'Content-Length: +27'], good) },
  { name: 'a hexadecimal length', text: request([host, token, type, 'Content-Length: 0x1b'], good) },
  { name: 'a length beyond numbers', text: request([host, token, type, `Content-Length: ${'9'.repeat(40)}`], good) },
  { name: 'chunked twice', text: request([host, token, type, 'Transfer-Encoding: chunked, chunked'], `${chunked}${smuggled}`) },
  {
    name: 'chunked and identity',
    text: request([host, token, type, 'Transfer-Encoding: chunked, identity'], `${chunked}${smuggled}`),
  },
  { name: 'chunked with a tab', text: request([host, token, type, 'Transfer-Encoding:\tchunked\t, x'], `${chunked}${smuggled}`) },
  {
    name: 'an unknown transfer encoding',
    text: request([host, token, type, 'Transfer-Encoding: xchunked'], `${chunked}${smuggled}`),
  },
  {
    name: 'a blank before the colon',
    text: request([host, token, type, 'Transfer-Encoding : chunked'], `${chunked}${smuggled}`),
  },
  { name: 'a blank before the colon of the length', text: request([host, token, type, 'Content-Length : 27'], good) },
  {
    name: 'a folded header',
    text: request([host, token, type, 'Transfer-Encoding:', ' chunked', length(6)], `${chunked}${smuggled}`),
  },
  { name: 'a chunk size that is none', text: request([host, token, type, 'Transfer-Encoding: chunked'], 'zz\nx\n0\n\n') },
  { name: 'a negative chunk size', text: request([host, token, type, 'Transfer-Encoding: chunked'], '-1\nx\n0\n\n') },
  {
    name: 'a chunk size beyond numbers',
    text: request([host, token, type, 'Transfer-Encoding: chunked'], `${'f'.repeat(40)}\nx\n`),
  },
  { name: 'a chunk longer than its size', text: request([host, token, type, 'Transfer-Encoding: chunked'], '1\nxxxx\n0\n\n') },
  {
    name: 'a chunk extension of 100 KB',
    text: request([host, token, type, 'Transfer-Encoding: chunked'], `1;${'a'.repeat(100_000)}\nx\n0\n\n`),
  },
];

const malformed: HostileBytes[] = [
  { name: 'no protocol', text: 'GET /graphql\n\n' },
  { name: 'an unknown protocol', text: request([host, token], '', 'GET /graphql HTTP/9.9') },
  { name: 'another protocol', text: 'SSH-2.0-OpenSSH_9.2\n' },
  { name: 'a TLS greeting', text: '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003' },
  { name: 'an unknown method', text: request([host, token], '', 'HACK /graphql HTTP/1.1') },
  { name: 'a method in small letters', text: request([host, token], '', 'get /graphql HTTP/1.1') },
  { name: 'no path', text: request([host, token], '', 'GET  HTTP/1.1') },
  { name: 'a blank in the path', text: request([host, token], '', 'GET /graphql ?query={peopleCount} HTTP/1.1') },
  { name: 'a zero in the path', text: request([host, token], '', 'GET /graphql\u0000 HTTP/1.1') },
  { name: 'no Host', text: request([token], '', 'GET /graphql?query=%7BpeopleCount%7D HTTP/1.1') },
  { name: 'a zero in a header', text: request([host, token, 'X-A: a\u0000b'], '', 'GET /graphql HTTP/1.1') },
  { name: 'a header without a colon', text: request([host, token, 'nothing'], '', 'GET /graphql HTTP/1.1') },
  { name: 'a header without a name', text: request([host, token, ': a'], '', 'GET /graphql HTTP/1.1') },
  { name: 'a header with a bracket in its name', text: request([host, token, 'X(A): a'], '', 'GET /graphql HTTP/1.1') },
  { name: 'a path of another server', text: request([host, token], '', 'GET http://elsewhere.example/graphql HTTP/1.1') },
  { name: 'a tunnel', text: request([host, token], '', 'TRACE /graphql HTTP/1.1') },
];

const floods: HostileBytes[] = [
  { name: 'a header of 20 KB', text: request([host, token, `X-A: ${'a'.repeat(20_000)}`], '', 'GET /graphql HTTP/1.1') },
  { name: 'a header of 1 MB', text: request([host, token, `X-A: ${'a'.repeat(1_000_000)}`], '', 'GET /graphql HTTP/1.1') },
  {
    name: '3,000 headers',
    text: request([host, token, ...Array.from({ length: 3_000 }, (_, index) => `X-${index}: a`)], '', 'GET /graphql HTTP/1.1'),
  },
  { name: 'a path of 30 KB', text: request([host, token], '', `GET /${'a'.repeat(30_000)} HTTP/1.1`) },
  { name: 'a header name of 30 KB', text: request([host, token, `${'a'.repeat(30_000)}: a`], '', 'GET /graphql HTTP/1.1') },
  { name: 'cookies of 30 KB', text: request([host, token, `Cookie: ${'a=b; '.repeat(6_000)}`], '', 'GET /graphql HTTP/1.1') },
];

/** Bodies that are begun and not finished; the connection stays open. */
const slow: HostileBytes[] = [
  { name: 'a body that never comes', text: request([host, token, type, length(100)]) },
  { name: 'a body that stops', text: request([host, token, type, length(100)], '{"query":') },
  { name: 'chunks that stop', text: request([host, token, type, 'Transfer-Encoding: chunked'], '5\n{"que\n') },
  { name: 'a body that never comes, without a token', text: request([host, type, length(100)], '{') },
  { name: 'a form that never comes', text: request([host, token, 'Content-Type: text/plain', length(100)], '{') },
];

/** Bodies that are announced as larger than anything the door takes. */
const huge: HostileBytes[] = [
  { name: '60 MB announced', text: request([host, token, type, length(60_000_000)], '{"query":"') },
  { name: '60 MB announced without a token', text: request([host, type, length(60_000_000)], '{"query":"') },
  {
    name: '60 MB announced for an import',
    text: request([host, token, 'Content-Type: text/csv', length(60_000_000)], 'a', 'POST /imports/places HTTP/1.1'),
  },
  { name: '9 PB announced', text: request([host, token, type, length(9_000_000_000_000_000)], '{"query":"') },
];

/** Connections by what they try. */
export const hostileBytes: Record<string, HostileBytes[]> = { smuggling, malformed, floods, slow, huge };
