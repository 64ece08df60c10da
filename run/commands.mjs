import { existsSync } from 'node:fs';
import { inRepository } from './node-of-hub.mjs';

const launcher = name => `services/launcher/dist/${name}.js`;
const tool = path => `node_modules/${path}`;

/** A program of the operator: explains itself by `--help`, for which nothing is built anew. */
const ofOperator = (name, ...flags) => ({
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
  start: ofOperator('start', '--expose-gc'),
  build: { build: 'shown', steps: [] },
  test: { steps: [jest] },
  check: {
    first: [biome, 'ci', '.'],
    steps: [
      [tool('typescript/bin/tsc'), '-p', 'tsconfig.tests.json'],
      ['schema/dist/compose.js', '--check'],
    ],
  },
  format: { build: false, steps: [[biome, 'check', '--write', '.']] },
  schema: { steps: [['schema/dist/compose.js']] },
  migrate: ofOperator('migrate'),
  import: ofOperator('import'),
  token: ofOperator('token'),
  account: ofOperator('account'),
  documents: {
    build: false,
    steps: [
      [tool('@apollo/generate-persisted-query-manifest/cli.js'), '--config', 'gateway/persisted-query-manifest.config.json'],
      [biome, 'format', '--write', 'gateway/documents/manifest.json'],
    ],
  },
  bench: { steps: [['test/bench/bench.ts']] },
  equivalence: { steps: [['test/dist/equivalence/run.js']] },
  sbom: { build: false, steps: [['run/sbom.mjs']] },
  migration: { steps: [['schema/dist/migration.js']] },
};
