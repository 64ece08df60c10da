import { describe, expect, it } from '@jest/globals';
import { countyBelow } from './divisions.ts';
import { welcome } from './welcome.ts';

const hub = {
  url: 'http://127.0.0.1:4000',
  operatorsUrl: 'http://127.0.0.1:4001',
  listening: { host: '127.0.0.1', address: 'http://127.0.0.1:4000' },
};
const viewers = [{ title: 'COMMITTEE 220102', token: 'a.b.c' }];

describe('what npm start prints', () => {
  it('is about the division of the installation', () => {
    const county = countyBelow('350100');
    expect(county).toBe('350102');
    const printed = welcome(hub, '/data', viewers, county);
    expect(printed).toContain('{ division(code: "350102")');
    expect(printed).not.toContain('code: "2201');
  });

  it('is about a county itself where that is the division', () => expect(countyBelow('220102')).toBe('220102'));

  it('ends with the line that scripts wait for', () => {
    expect(welcome(hub, '/data', [], '220102').split('\n').at(-1)).toBe('Hub ready at http://127.0.0.1:4000');
    expect(welcome(hub, '/data', viewers, '220102').split('\n').at(-1)).toBe('Hub ready at http://127.0.0.1:4000');
  });

  it('holds tokens and a query only for somebody who can try them', () => {
    expect(welcome(hub, '/data', viewers, '220102')).toMatch(/a\.b\.c.*curl/s);
    expect(welcome(hub, '/data', [], '220102')).not.toMatch(/[Tt]oken|curl|令牌/);
  });

  it.each([
    ['0.0.0.0', 'http://hub.example.org', true],
    ['::', 'http://hub.example.org', true],
    ['10.0.0.5', 'http://10.0.0.5:4000', true],
    ['0.0.0.0', 'https://hub.example.org', false],
    ['127.0.0.1', 'http://127.0.0.1:4000', false],
    ['localhost', 'http://hub.example.org', false],
  ])('warns of passwords in the open: at %s as %s: %s', (host, address, warns) => {
    expect(/警告.*Warning: /s.test(welcome({ ...hub, listening: { host, address } }, '/data', [], '220102'))).toBe(warns);
  });
});
