import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { inParts } from './chunks.ts';

describe('a list that is taken in by parts', () => {
  const rows = [1, 2, 3, 4, 5];

  it('has each part made ready while the one before is written, and writes one at a time, in order', async () => {
    const seen: string[] = [];
    const write = async (part: string) => {
      seen.push(`write ${part}`);
      await pause(20);
      seen.push(`written ${part}`);
    };
    const prepare = (part: number[]) => {
      seen.push(`ready ${part.join()}`);
      return part.join();
    };
    await inParts(rows, prepare, write, 2);
    expect(seen).toEqual([
      'ready 1,2',
      'write 1,2',
      'ready 3,4',
      'written 1,2',
      'write 3,4',
      'ready 5',
      'written 3,4',
      'write 5',
      'written 5',
    ]);
  });

  it('ends with the first that fails, written or made ready', async () => {
    const written: number[] = [];
    const write = async (part: number[]) => {
      if (part.includes(3)) throw new Error('not written');
      written.push(...part);
    };
    await expect(inParts(rows, part => part, write, 2)).rejects.toThrow('not written');
    const prepare = (part: number[]) => {
      if (part.includes(5)) throw new Error('not ready');
      return part;
    };
    await expect(inParts(rows, prepare, write, 2)).rejects.toThrow('not ready');
    expect(written).toEqual([1, 2, 1, 2]);
  });
});
