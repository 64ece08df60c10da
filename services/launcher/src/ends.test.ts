import { describe, expect, it } from '@jest/globals';
import { Ends } from './ends.ts';

const pauses = (...moments: number[]) => {
  const ends = new Ends();
  return moments.map(seconds => ends.happened(true, seconds * 1_000));
};

describe('a process that ends by itself', () => {
  it('is started again after a pause that doubles', () => {
    expect(pauses(0, 1, 2, 3)).toEqual([200, 400, 800, 1_600]);
  });

  it('is not started again after the fifth end within a minute', () => {
    expect(pauses(0, 10, 20, 30, 59).at(-1)).toBeUndefined();
  });

  it('waits ten seconds at most where its ends are further apart', () => {
    expect(pauses(0, 20, 40, 60, 80, 100, 120, 140)).toEqual([200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000]);
  });

  it('is started again however often it ended over what will pass', () => {
    const ends = new Ends();
    const all = Array.from({ length: 8 }, (_, second) => ends.happened(false, second * 1_000));
    expect(all).toEqual([200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000]);
  });

  it('begins anew after a quiet minute', () => {
    expect(pauses(0, 1, 2, 63)).toEqual([200, 400, 800, 200]);
  });
});
