import { afterEach, describe, expect, it } from '@jest/globals';
import { Shed } from './shed.ts';
import type { TooMany } from './too-many.ts';

const here = new AbortController().signal;
let shed: Shed;
let lag = 0;
const make = (most: number, queue: number) => {
  lag = 0;
  shed = new Shed(most, queue, () => lag);
  return shed;
};
afterEach(() => shed.stop());
const moment = () => new Promise(resolve => setImmediate(resolve));

/** The names of those let in, in order. */
function visitors() {
  const inside: string[] = [];
  const releases: (() => void)[] = [];
  const come = (name: string, viewerClass: 'people' | 'partners' | 'reporting', signal = here, viewer = name) =>
    shed.enter(viewerClass, viewer, signal).then(
      place => {
        inside.push(name);
        releases.push(() => place.leave());
      },
      error => inside.push(`${name}: ${(error as TooMany).extensions.reason}`),
    );
  return { inside, come, leave: () => releases.shift()!() };
}

describe('shedding', () => {
  it('lets in as many as there is room for, queues a few and refuses the rest at once', async () => {
    make(2, 2);
    const { inside, come, leave } = visitors();
    for (const name of 'abcde') void come(name, 'people');
    await moment();
    expect(inside).toEqual(['a', 'b', 'e: OVERLOADED']);
    expect([shed.inWork, shed.waiting]).toEqual([2, 2]);
    leave();
    leave();
    await moment();
    expect(inside).toEqual(['a', 'b', 'e: OVERLOADED', 'c', 'd']);
  });

  it('calls in people before partners before reporting, whoever came first', async () => {
    make(4, 100);
    const { inside, come, leave } = visitors();
    for (const name of 'abcd') void come(name, 'people');
    for (const viewerClass of ['reporting', 'partners', 'people'] as const) void come(viewerClass, viewerClass);
    await moment();
    for (let i = 0; i < 5; i++) {
      leave();
      await moment();
    }
    expect(inside.slice(4)).toEqual(['people', 'partners', 'reporting']);
  });

  it('takes turns by viewer: who has much in work waits for itself', async () => {
    make(8, 100);
    const { inside, come, leave } = visitors();
    for (let i = 1; i <= 5; i++) void come(`much ${i}`, 'people', here, 'greedy');
    for (const name of ['little', 'other']) void come(name, 'people');
    await moment();
    expect(inside).toEqual(['much 1', 'much 2', 'little', 'other']);
    for (let i = 0; i < 3; i++) {
      leave();
      await moment();
    }
    expect(inside.slice(4)).toEqual(['much 3', 'much 4']);
  });

  it('leaves most places to the others at any size, whatever one viewer asks for', async () => {
    // Of one core, of two, of many; and the least that can be set.
    for (const most of [8, 16, 256, 4]) {
      make(most, 2 * most);
      const { inside, come } = visitors();
      for (let i = 0; i < 2 * most; i++) void come('greedy', 'people');
      await moment();
      expect([most, shed.inWork, shed.placesOfViewer]).toEqual([most, most / 4, (most + 2 * most) / 4]);
      for (let i = 0; i < most / 2; i++) void come(`polite ${i}`, 'people');
      await moment();
      expect([most, inside.filter(name => name !== 'greedy').length]).toEqual([most, most / 2]);
      shed.stop();
    }
  });

  it('keeps room for people that partners and reporting cannot take', async () => {
    make(8, 100);
    const { inside, come } = visitors();
    for (let i = 0; i < 8; i++) void come('reporting', 'reporting', here, `tool ${i}`);
    for (let i = 0; i < 8; i++) void come('partner', 'partners', here, `partner ${i}`);
    for (let i = 0; i < 8; i++) void come('person', 'people', here, `person ${i}`);
    await moment();
    const count = (name: string) => inside.filter(inside => inside === name).length;
    expect([count('reporting'), count('partner'), count('person')]).toEqual([4, 2, 2]);
  });

  it('leaves the queue to higher classes first', async () => {
    make(1, 4);
    const { inside, come } = visitors();
    void come('first', 'people');
    for (let i = 0; i < 4; i++) void come('reporting', 'reporting');
    for (let i = 0; i < 4; i++) void come('person', 'people');
    await moment();
    expect(inside.filter(name => name.endsWith('OVERLOADED'))).toEqual([
      'reporting: OVERLOADED',
      'reporting: OVERLOADED',
      'person: OVERLOADED',
      'person: OVERLOADED',
    ]);
  });

  it('forgets who went away', async () => {
    make(1, 4);
    const { inside, come, leave } = visitors();
    void come('a', 'people');
    const going = new AbortController();
    void come('b', 'people', going.signal);
    await moment();
    going.abort();
    await moment();
    expect(shed.waiting).toBe(0);
    leave();
    await moment();
    expect([inside, shed.inWork]).toEqual([['a', 'b: OVERLOADED'], 0]);
  });

  it('lets fewer in while the event loop is late, and more again afterwards', async () => {
    make(100, 0);
    const room = async () => {
      const { inside, come, leave } = visitors();
      for (let i = 0; i < 100; i++) void come('x', 'people', here, `viewer ${i}`);
      await moment();
      const entered = inside.filter(name => name === 'x').length;
      for (let i = 0; i < entered; i++) leave();
      return entered;
    };
    const until = async (isSo: (room: number) => boolean) => {
      for (let i = 0; i < 2_000 && !isSo(await room()); i++) await new Promise(resolve => setTimeout(resolve, 50));
      return await room();
    };
    expect(await room()).toBe(100);
    lag = 500;
    expect(await until(room => room < 50)).toBeLessThan(50);
    lag = 0;
    expect(await until(room => room === 100)).toBe(100);
  });
});
