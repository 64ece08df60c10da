import { describe, expect, it } from '@jest/globals';
import { failureLine } from './failure-line.ts';
import { table, widthOf } from './table.ts';

describe('a table', () => {
  it('lines up Chinese and Latin text', () => {
    const lines = table(
      ['a', 'b'],
      [
        ['企业', 'x'],
        ['ab', '中'],
        ['，', 'y'],
      ],
    );
    expect(lines).toEqual(['a     b', '----  --', '企业  x', 'ab    中', '，    y']);
  });

  it('shortens long cells by width, never the last column', () => {
    const long = '统一社会信用代码'.repeat(4);
    const [, , row] = table(['value', 'message'], [[long, long]]);
    expect(widthOf(row!.split('  ')[0]!)).toBeLessThanOrEqual(28);
    expect(row!.endsWith(long)).toBe(true);
  });

  it('shows line breaks and terminal codes as blanks', () => {
    expect(table(['a'], [['x\u001b[31m\ny']])[2]).toBe('x [31m y');
  });
});

describe('a failure line', () => {
  it('is the message of what was thrown, without excerpt and stack', () => {
    const printed =
      "file:///a/main.js:3\n  throw new Error('x');\n        ^\n\nError: no such port\n    at a (b:1:2)\n\nNode.js v24.0.0\n";
    expect(failureLine('people', printed)).toBe('no such port');
  });

  it('joins a message of several lines and drops the name said twice', () => {
    expect(failureLine('people', 'people: The environment is not usable:\n  PORT: must be a number\n')).toBe(
      'The environment is not usable: PORT: must be a number',
    );
  });

  it('leaves a path alone that ends like the name', () => {
    expect(failureLine('postgres', 'The way to /a/bin/postgres: closed\n')).toBe('The way to /a/bin/postgres: closed');
  });

  it('leaves warnings of Node out', () => {
    expect(failureLine('people', '(node:12) Warning: old\n(Use `node --trace-warnings ...`)\n')).toBeUndefined();
  });
});
