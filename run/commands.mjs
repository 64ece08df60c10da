import { existsSync } from 'node:fs';
import { inRepository } from './node-of-hub.mjs';

const launcher = name => `services/launcher/dist/${name}.js`;
const tool = path => `node_modules/${path}`;

/** A program of the operator: explains itself by `--help`, for which nothing is built anew. */
const ofOperator = (says, name, ...flags) => ({
  says,
  steps: [[...flags, launcher(name)]],
  explains: true,
  isBuilt: () => existsSync(inRepository(launcher(name))),
});

const biome = tool('@biomejs/biome/bin/biome');
const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', tool('jest/bin/jest.js')];

/**
 * The npm scripts by name: what runs under the Node that comes with the hub. All is built first, unless `build` says no; what is
 * typed after the name goes to the last step.
 */
export const commands = {
  start: ofOperator('start the whole hub', 'start', '--expose-gc'),
  build: { says: 'compile what has changed', build: 'shown', steps: [] },
  test: { says: 'every test there is, or the files named after --', steps: [jest] },
  check: {
    says: 'format, lint, compile, and compare what is generated',
    first: [biome, 'ci', '.'],
    steps: [
      [tool('typescript/bin/tsc'), '-p', 'tsconfig.tests.json'],
      ['schema/dist/compose.js', '--check'],
    ],
  },
  format: { says: 'write the files as the formatter wants them', build: false, steps: [[biome, 'check', '--write', '.']] },
  schema: { says: 'write schema/*.graphql after a change', steps: [['schema/dist/compose.js']] },
  migrate: ofOperator('bring the databases up to date without starting', 'migrate'),
  provision: ofOperator('make or check what a PostgreSQL of your own needs', 'provision'),
  backup: ofOperator('back the whole installation up, while it runs: -- DIR', 'backup'),
  restore: ofOperator('restore a backup: -- DIR [--to TIME]', 'restore'),
  import: ofOperator('bring a ledger into the hub that runs', 'import'),
  token: ofOperator('sign a token to try', 'token'),
  account: ofOperator('accounts, clients, grants', 'account'),
  documents: {
    says: 'write the manifest of the trusted documents',
    build: false,
    steps: [
      [tool('@apollo/generate-persisted-query-manifest/cli.js'), '--config', 'gateway/persisted-query-manifest.config.json'],
      [biome, 'format', '--write', 'gateway/documents/manifest.json'],
    ],
  },
  bench: { says: 'measure the hub; see README.md', steps: [['test/bench/bench.ts']] },
  equivalence: { says: "our executor against Apollo's: -- [operations] [seed]", steps: [['test/dist/equivalence/run.js']] },
  fuzz: { says: 'random files against the readers: -- imports [files] [seed]', build: false, steps: [['gateway/fuzz/fuzz.ts']] },
  proxies: {
    says: 'try docs/deploy before two gateways, with the nginx and the Caddy of this machine',
    steps: [[...jest, '--testMatch', '<rootDir>/test/src/proxies/before-two-gateways.ts']],
  },
  sbom: { says: 'write what the hub is made of: -- [file]', build: false, steps: [['run/sbom.mjs']] },
  migration: { says: 'write what the entities changed as a migration', steps: [['schema/dist/migration.js']] },
};
