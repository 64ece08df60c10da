import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { inRepository, services } from './layout.ts';

/** Between two processes of one hub: nobody sets them. */
const internal = ['HUB_ENVIRONMENT_FOLLOWS'];

const read = (file: string) => readFileSync(inRepository(file), 'utf8');
const programs = globSync(['gateway/src/**/*.ts', 'services/*/src/**/*.ts'], { cwd: inRepository() }).filter(
  file => !/\.test\.ts$|\/test-[\w-]+\.ts$|\/testing\//.test(file),
);

/** A name of a service stands for every one of them. */
const general = (name: string) =>
  name
    .replace(/^(DATABASE_URL|MIGRATE_URL|HUB_URL|PORT(?=_))_?$/, '$1_<SERVICE>')
    .replace(new RegExp(`^(DATABASE_URL|MIGRATE_URL|HUB_URL)_(${services.join('|')})$`, 'i'), '$1_<SERVICE>');

const names =
  /\b(?:HUB_[A-Z_]+|DATABASE_URL[A-Z_]*|MIGRATE_URL[A-Z_]*|OTEL_[A-Z_]+)(?!\w|\*)|\b(?:HOST|PORT)(?=:)|\bPORT_(?=\$)/g;
const used = new Set(programs.flatMap(file => [...read(file).matchAll(names)].map(([name]) => general(name))));
const operations = read('docs/operations.md');
const section = operations.slice(operations.indexOf('## Settings')).split(/\n## /)[0]!;
const rows = [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name!);

describe('the table of settings in docs/operations.md', () => {
  it('names every setting the code reads, and no other', () => {
    const read = [...used].filter(name => !internal.includes(name)).toSorted();
    expect([...rows].toSorted()).toEqual(read);
  });

  it('names each once', () => expect(rows).toEqual([...new Set(rows)]));

  it('is where every setting the README names is found', () => {
    const named = [...read('README.md').matchAll(/`((?:HUB|DATABASE_URL|MIGRATE_URL|OTEL)_[A-Z_<>]+)`/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter(name => !rows.includes(name!))).toEqual([]);
  });
});
