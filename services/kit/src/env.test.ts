import { describe, expect, it } from '@jest/globals';
import { noOwner, readEnv } from './env.ts';

describe('the environment of a service', () => {
  it('may not hold its owner', () => {
    const shape = { MIGRATE_URL_PEOPLE: noOwner };
    expect(readEnv(shape, {})).toEqual({});
    expect(() => readEnv(shape, { MIGRATE_URL_PEOPLE: 'postgres://owner:secret@127.0.0.1/people' })).toThrow(
      /^The environment is not usable:\n {2}MIGRATE_URL_PEOPLE: a service that runs does not take it: run migrate\.js with it first[^\n]+$/,
    );
  });
});
