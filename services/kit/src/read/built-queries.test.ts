import { describe, expect, it } from '@jest/globals';
import { raw } from '@mikro-orm/postgresql';
import { built, keyOf } from './built-queries.ts';

describe('the key of a question', () => {
  it('is the same for the same question', () => {
    const question = () => [
      { $and: [{ division: { $gte: '22', $lt: '23' } }, { at: new Date(5) }, { of: raw('p.id') }] },
      [],
      20,
    ];
    expect(keyOf(question())).toBe(keyOf(question()));
  });

  it('tells every two questions apart, whatever a caller sends as a value', () => {
    const date = new Date('2026-11-25T00:00:00Z');
    const values = [
      null,
      undefined,
      '',
      'null',
      0,
      '0',
      false,
      [],
      {},
      [null],
      date,
      date.toJSON(),
      raw('p.id'),
      "raw('p.id')",
      raw('f(?)', ['a']),
      raw('f(?)', ['b']),
    ];
    const forged = keyOf([date])!.slice(1, -1);
    const questions = [...values, forged, JSON.parse(forged.replaceAll(/"[0-9a-f-]{36}"/g, '"mark"'))].map(value => [{ value }]);
    expect(new Set(questions.map(keyOf)).size).toBe(questions.length);
  });

  it('is none where JSON cannot tell', () => {
    for (const value of [/a/, new Map(), Symbol('a'), { [Symbol('a')]: 1 }, () => 1, { deep: [new Set()] }, new (class Own {})()])
      expect(keyOf([value])).toBeUndefined();
  });
});

describe('a query', () => {
  it('is built once for a class and a question, and each time where the question has no key', () => {
    let times = 0;
    const build = () => ({ sql: `select ${++times}`, params: [] });
    const [one, other] = [class {}, class {}];
    const asked = [one, one, other].flatMap(type => [built(type, [{ a: 1 }], build), built(type, [{ a: 2 }], build)]);
    expect(asked.map(({ sql }) => sql)).toEqual([1, 2, 1, 2, 3, 4].map(n => `select ${n}`));
    expect(built(one, [/a/], build)).not.toEqual(built(one, [/a/], build));
  });
});
