import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { limitsEnv } from './settings.ts';

const guide = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
const told = new Map([...guide.matchAll(/^\| `(HUB_\w+)` \| (.+?) \|/gm)].map(([, name, value]) => [name!, value!]));

/** `600`, or `4 a core, at least 8`. */
function meant(text = ''): number {
  const [, each, least] = /^(\d+) a core, at least (\d+)$/.exec(text) ?? [];
  return each ? Math.max(Number(each) * availableParallelism(), Number(least)) : Number(text);
}

describe('the guide for operators', () => {
  it.each(Object.entries(z.object(limitsEnv).parse({})))('tells %s and its default', (name, value) => {
    expect(meant(told.get(name))).toBe(value);
  });
});
