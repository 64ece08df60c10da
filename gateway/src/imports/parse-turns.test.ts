import { expect, it } from '@jest/globals';
import { ParseTurns } from './parse-turns.ts';

function office() {
  const turns = new ParseTurns();
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const bring = (file: string, viewer: string, isLarge: boolean) =>
    void turns.take(viewer, isLarge, () => {
      begun.push(file);
      return new Promise<void>(end => ends.set(file, end));
    });
  const end = async (file: string) => {
    ends.get(file)!();
    await new Promise(resolve => setImmediate(resolve));
  };
  return { bring, begun, end };
}

const moment = () => new Promise(resolve => setImmediate(resolve));

it('a large file of one viewer keeps nobody with a small one waiting', async () => {
  const { bring, begun } = office();
  bring('large', 'a', true);
  bring('small', 'b', false);
  await moment();
  expect(begun).toEqual(['large', 'small']);
});

it('large files are read one at a time, and viewers take turns', async () => {
  const { bring, begun, end } = office();
  for (const file of ['a1', 'a2', 'a3']) bring(file, 'a', true);
  bring('b1', 'b', true);
  bring('c1', 'c', true);
  await moment();
  expect(begun).toEqual(['a1']);
  await end('a1');
  expect(begun).toEqual(['a1', 'b1']);
  await end('b1');
  await end('c1');
  expect(begun).toEqual(['a1', 'b1', 'c1', 'a2']);
});

it('a viewer has one file read at a time, large or small', async () => {
  const { bring, begun, end } = office();
  for (const file of ['a1', 'a2', 'a3']) bring(file, 'a', false);
  bring('b1', 'b', false);
  bring('c1', 'c', false);
  await moment();
  expect(begun).toEqual(['a1', 'b1']);
  await end('a1');
  expect(begun).toEqual(['a1', 'b1', 'c1']);
  await end('b1');
  expect(begun).toEqual(['a1', 'b1', 'c1', 'a2']);
});
