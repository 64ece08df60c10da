// `npm run schema`: writes each subgraph's SDL and the supergraph; `--check` fails when the committed files are not current.
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { subgraphSdl } from '@hub/kit/subgraph';
import { buildSchema, findBreakingChanges, parse, printSchema } from 'graphql';
import { subgraphs } from './subgraphs.ts';

const folder = new URL('../', import.meta.url);
const sdls = await Promise.all(subgraphs.map(async subgraph => ({ name: subgraph.name, sdl: await subgraphSdl(subgraph) })));
// The URL only fills a required place: where a subgraph is, is the gateway's configuration.
const composed = composeServices(
  sdls.map(({ name, sdl }) => ({ name, url: `http://${name}.invalid/graphql`, typeDefs: parse(sdl) })),
);
if (composed.errors) {
  for (const error of composed.errors) process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
const files = new Map([
  ...sdls.map(({ name, sdl }) => [`${name}.graphql`, sdl] as const),
  ['supergraph.graphql', composed.supergraphSdl],
  // What clients generate their code from: no directive of federation, nothing that only subgraphs ask of each other.
  ['api.graphql', `${printSchema(Supergraph.build(composed.supergraphSdl).apiSchema().toGraphQLJSSchema())}\n`],
]);

if (process.argv.includes('--check')) {
  const stale: string[] = [];
  for (const [file, sdl] of files)
    if ((await readFile(new URL(file, folder), 'utf8').catch(() => '')) !== sdl) stale.push(`schema/${file}`);
  if (stale.length > 0) {
    process.stderr.write(`Not current: ${stale.join(', ')}. Run npm run schema and commit.\n`);
    process.exit(1);
  }
} else {
  for (const [file, sdl] of files) await writeFile(new URL(file, folder), sdl);
}
showBreakingChanges(composed.supergraphSdl);
process.stdout.write(`schema: ${sdls.map(({ name }) => name).join(', ')} compose\n`);

/** Compares with the last commit before this change, where git can tell. */
function showBreakingChanges(supergraph: string) {
  const before = ['HEAD', 'HEAD~1'].map(committed).find(sdl => sdl !== undefined && sdl !== supergraph);
  if (before === undefined) return;
  const changes = findBreakingChanges(
    buildSchema(before, { assumeValidSDL: true }),
    buildSchema(supergraph, { assumeValidSDL: true }),
  );
  for (const { description } of changes) process.stdout.write(`breaking: ${description}\n`);
}

function committed(commit: string): string | undefined {
  try {
    return execFileSync('git', ['show', `${commit}:schema/supergraph.graphql`], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 1e8,
    });
  } catch {
    return undefined;
  }
}
