import { literal } from '@hub/kit/literal';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { escapeLiteral } from 'pg';

describe('a literal', () => {
  it('is what pg writes, whatever the text', () => {
    const parts = fc.oneof(
      fc.constantFrom("'", "''", '\\', '\\\\', "\\'", '$1', '?', '/*', '--', '\n', '长春', '😀', '\ud83d'),
      fc.string().map(text => text.replaceAll('\0', '')),
    );
    fc.assert(
      fc.property(fc.array(parts), words => expect(literal(words.join(''))).toBe(escapeLiteral(words.join('')))),
      { numRuns: 5_000 },
    );
  });
});
