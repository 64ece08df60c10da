import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Pace } from './pace.ts';

let pace: Pace;
beforeEach(() => {
  jest.useFakeTimers();
  pace = new Pace(40);
});
afterEach(() => {
  jest.useRealTimers();
});

const refuse = (key: string, times: number, weight?: number) => {
  for (let i = 0; i < times; i++) pace.refused(key, weight);
};

describe('who is refused again and again', () => {
  it('waits longer with each refusal beyond what is in order, and a second at most', () => {
    refuse('a', 40);
    expect(pace.wait('a')).toBe(0);
    refuse('a', 10);
    expect(pace.wait('a')).toBe(200);
    refuse('a', 1_000);
    expect(pace.wait('a')).toBe(1_000);
  });

  it('makes nobody else wait', () => {
    refuse('a', 1_000);
    expect(pace.wait('b')).toBe(0);
  });

  it('waits sooner for large bodies', () => {
    refuse('a', 5, 10);
    expect(pace.wait('a')).toBe(200);
  });

  it('is forgiven within seconds', () => {
    refuse('a', 200);
    jest.advanceTimersByTime(2_000);
    expect(pace.wait('a')).toBe(0);
  });

  it('is heard after the wait, not before', async () => {
    refuse('a', 60);
    let isHeard = false;
    const heard = pace.hear('a').then(() => {
      isHeard = true;
    });
    await jest.advanceTimersByTimeAsync(300);
    expect(isHeard).toBe(false);
    await jest.advanceTimersByTimeAsync(100);
    expect(isHeard).toBe(true);
    await heard;
  });
});
