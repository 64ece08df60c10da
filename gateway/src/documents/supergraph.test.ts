import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, getOperationAST, parse, validate } from 'graphql';
import { costOf } from '../limits/cost.ts';
import { costTable } from '../limits/cost-table.ts';
import { defaultLimits } from '../limits/settings.ts';
import { readManifest } from './manifest.ts';
import { sampleVariables } from './sample-variables.ts';

const sdl = await readFile(new URL('../../../schema/supergraph.graphql', import.meta.url), 'utf8');
const schema = buildSchema(sdl, { assumeValidSDL: true });
const table = costTable(sdl);
const documents = await readManifest(new URL('../../documents/manifest.json', import.meta.url).pathname);

describe('over the committed supergraph', () => {
  it.each(documents.map(document => [document.name, document] as const))('%s is valid and affordable', (_name, { body }) => {
    const document = parse(body);
    expect(validate(schema, document)).toEqual([]);
    const operation = getOperationAST(document)!;
    const cost = costOf({ schema, document, operation, variables: sampleVariables(schema, document) }, table);
    expect(cost).toBeGreaterThan(1);
    expect(cost).toBeLessThan(defaultLimits.operationCost / 4);
  });

  it('the dashboard stays affordable with 200 rows of each list', () => {
    const { body } = documents.find(({ name }) => name === 'CountyDashboard')!;
    const document = parse(body.replaceAll(/first: \d+/g, 'first: 200'));
    const cost = costOf({ schema, document, operation: getOperationAST(document)!, variables: {} }, table);
    expect(cost).toBeGreaterThan(1_000);
    expect(cost).toBeLessThan(defaultLimits.operationCost);
    if (process.env.HUB_TEST_NOTICES) process.stderr.write(`dashboard with 200 rows: ${cost}\n`);
  });
});
