// `npm run sbom -- [file]`: the parts the hub runs with, by the lock file, as CycloneDX. The same lock gives the same file, byte for byte.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { inRepository } from './node-of-hub.mjs';

const { name, version } = JSON.parse(readFileSync(inRepository('package.json'), 'utf8'));
const [given = 'sbom.cdx.json'] = process.argv.slice(2);
const { INIT_CWD: standing = '.', npm_execpath: npm } = process.env;
const file = resolve(standing, given);

const args = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only', '--offline'];
const options = { cwd: inRepository(), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 };
const written = JSON.parse(npm ? execFileSync(process.execPath, [npm, ...args], options) : execFileSync('npm', args, options));

/** Where npm would put a part says nothing of the part, and not every npm says it. */
const withoutPlace = component => ({
  ...component,
  properties: (component.properties ?? []).filter(property => property.name !== 'cdx:npm:package:path'),
});
/** `npm sbom --omit=dev` also leaves out what one workspace runs with and another one tests with; the lock file knows better. */
const { packages } = JSON.parse(readFileSync(inRepository('package-lock.json'), 'utf8'));
const running = new Set(
  Object.entries(packages)
    .filter(([, { dev }]) => !dev)
    .map(([path, each]) => `${each.name ?? path.split('node_modules/').at(-1)}@${each.version}`),
);
const referenceOf = part => part['bom-ref'] ?? part.ref;
const sorted = parts => {
  const once = new Map(parts.map(part => [referenceOf(part), part]));
  const kept = [...once.keys()].filter(reference => running.has(reference));
  return kept.toSorted().map(reference => once.get(reference));
};

const { serialNumber: _, metadata, components, dependencies, ...rest } = written;
const sbom = {
  ...rest,
  metadata: {
    lifecycles: metadata.lifecycles,
    tools: metadata.tools.map(({ version: __, ...tool }) => tool),
    component: { ...withoutPlace(metadata.component), type: 'application', name },
  },
  components: sorted(components.map(withoutPlace)),
  dependencies: sorted(
    dependencies.map(each => ({
      ...each,
      dependsOn: (each.dependsOn ?? []).filter(reference => running.has(reference)).toSorted(),
    })),
  ),
};
writeFileSync(file, `${JSON.stringify(sbom, undefined, 2)}\n`);
console.log(`${file}: ${sbom.components.length} components of ${name} ${version}`);
