import { describe, expect, it } from '@jest/globals';
import { terms, UsageError } from './account-usage.ts';

const typed = (options: Record<string, string>) => ({
  given: [],
  options: { role: 'auditor', at: '220102', reason: '年度审计', ...options },
});

describe('the days of a grant', () => {
  it.each([
    ['a day begins in China', { from: '2027-01-31' }, { validFrom: '2027-01-30T16:00:00.000Z' }],
    ['the last day counts whole', { to: '2027-01-31' }, { validTo: '2027-01-31T16:00:00.000Z' }],
    ['the last of a month, too', { to: '2028-02-29' }, { validTo: '2028-02-29T16:00:00.000Z' }],
    ['a moment is one of China', { to: '2027-01-31T18:00' }, { validTo: '2027-01-31T10:00:00.000Z' }],
    ['unless it names its zone', { to: '2027-01-31T18:00Z' }, { validTo: '2027-01-31T18:00:00.000Z' }],
  ])('%s', (_name, given, expected) => {
    expect(terms(typed(given))).toMatchObject(expected);
  });

  it.each(['2027-02-31', '2027-13-01', '31.1.2027', 'tomorrow', '2027-01-31T25:00'])('%s is not a date', to => {
    expect(() => terms(typed({ to }))).toThrow(UsageError);
    expect(() => terms(typed({ to }))).toThrow(`--to is "${to}": give a date such as 2027-01-31.`);
  });
});
