import { describe, expect, it } from '@jest/globals';
import { cleanBytes } from './clean-answer.ts';

const told = (bytes: readonly Buffer[] | undefined) => bytes && Buffer.concat(bytes).toString();
const answered = (text: string, headers: Record<string, string> = { 'x-hub-clean': '1' }, statusCode = 200) =>
  told(cleanBytes({ statusCode, headers, chunks: [Buffer.from(text)] }));

type Case = [string, { text: string; headers?: Record<string, string>; status?: number }];

describe('the bytes of an answer', () => {
  it('go to the client where the subgraph vouches for them, without the line feed', () => {
    expect(answered('{"data":{"a":{"b":1}}}\n')).toBe('{"data":{"a":{"b":1}}}');
    expect(answered('{"data":{"a":"\\"errors\\""}}')).toBe('{"data":{"a":"\\"errors\\""}}');
    expect(answered('{"data":{}}')).toBe('{"data":{}}');
    const text = '{"data":{"a":{"b":1},"c":[{"d":"errors"},{"d":{}}],"e":{"errors":1}}}';
    expect(answered(text)).toBe(text);
  });

  it('may come in chunks, whatever lies where they meet', () => {
    const headers = { 'x-hub-clean': '1' };
    const filled = (text: string) => text.replace('#', 'x'.repeat(60));
    const clean = filled('{"data":{"list":[{"a":"#"},{"b":{"c":1}},{"d":"#"}]}}\n');
    const spoilt = filled('{"data":{"a":{"b":"#"}},"errors":[{"message":"#","extensions":{}}],"x":{"y":{}}}');
    const inTwo = (text: string, at: number) =>
      told(cleanBytes({ statusCode: 200, headers, chunks: [Buffer.from(text.slice(0, at)), Buffer.from(text.slice(at))] }));
    for (let at = 1; at < clean.length; at++) expect(inTwo(clean, at)).toBe(clean.trimEnd());
    for (let at = 1; at < spoilt.length; at++) expect(inTwo(spoilt, at)).toBeUndefined();
  });

  it.each<Case>([
    ['no word of the subgraph', { text: '{"data":{"a":1}}', headers: {} }],
    ['another word', { text: '{"data":{"a":1}}', headers: { 'x-hub-clean': '0' } }],
    ['two words', { text: '{"data":{"a":1}}', headers: { 'x-hub-clean': '1, 1' } }],
    ['another status', { text: '{"data":{"a":1}}', status: 201 }],
    ['errors', { text: '{"data":{"a":1},"errors":[{"message":"x","extensions":{}}]}' }],
    ['errors first', { text: '{"errors":[{"message":"x"}],"data":{"a":1}}' }],
    ['errors in an object at the end', { text: '{"data":{"a":1},"errors":{"a":1}}' }],
    ['extensions', { text: '{"data":{"a":1},"extensions":{"trace":{}}}' }],
    ['errors and extensions', { text: '{"data":{"a":1},"errors":[{"message":"x"}],"extensions":{"a":{}}}' }],
    ['errors after a blank', { text: '{"data":{"a":1}, "errors":{"a":{}}}' }],
    ['errors after another blank', { text: '{"data":{"a":1} ,"errors":{"a":{}}}' }],
    ['errors by another spelling', { text: '{"data":{"a":1},"\\u0065rrors":{"a":{}}}' }],
    ['errors before a blank', { text: '{"data":{"a":1},"errors" :{"a":{}}}' }],
    ['an end of an object in a text', { text: '{"data":{"a":"b} c"}}' }],
    ['no data', { text: '{"data":null}' }],
    ['a list', { text: '[{"data":{"a":1}}]' }],
    ['blanks', { text: '{ "data":{"a":1}}' }],
    ['nothing', { text: '' }],
    ['half an answer', { text: '{"data":{"a":1}' }],
    ['a page', { text: '<html>{"data":{"a":1}}' }],
  ])('do not where there is something else: %s', (_, { text, headers, status }) => {
    expect(answered(text, headers, status)).toBeUndefined();
  });
});
