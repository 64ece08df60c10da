import { expect, it } from '@jest/globals';
import { Repeated } from './repeated.ts';

function noting(pause: number) {
  const lines: string[] = [];
  const note = (level: string) => (fields: any, message?: string) =>
    void lines.push(`${level} ${message}${fields.times ? ` ${fields.times}` : ''}`);
  const log = { debug: note('debug'), error: note('error'), warn: note('warn') } as never;
  return { lines, repeated: new Repeated(log, 'error', 'a part is away', pause) };
}

it('what goes wrong again and again is logged once, and when it is over', () => {
  const { lines, repeated } = noting(60_000);
  for (let i = 0; i < 1_000; i++) repeated.happened({});
  repeated.over({});
  repeated.over({});
  expect(lines.filter(line => !line.startsWith('debug'))).toEqual([
    'error a part is away',
    'warn a part is away, no longer 1000',
  ]);
});

it('what goes on is summed up from time to time', () => {
  const { lines, repeated } = noting(0);
  for (let i = 0; i < 3; i++) repeated.happened({});
  expect(lines).toEqual(['error a part is away', 'error a part is away, still 2', 'error a part is away, still 3']);
});

it('what went wrong but once is not mentioned again', () => {
  const { lines, repeated } = noting(60_000);
  repeated.happened({});
  repeated.over({});
  repeated.happened({});
  expect(lines).toEqual(['error a part is away', 'error a part is away']);
});
