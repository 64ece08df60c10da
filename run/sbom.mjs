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

/** `npm sbom --omit=dev` also leaves out what one workspace runs with and another one tests with; the lock file knows better. */
const { packages } = JSON.parse(readFileSync(inRepository('package-lock.json'), 'utf8'));
const inLock = Object.entries(packages).filter(([, { dev }]) => !dev);
const running = new Map(
  inLock.map(([path, each]) => [`${each.name ?? path.split('node_modules/').at(-1)}@${each.version}`, each]),
);
/** Where a part would be put, and who else tests with it, says nothing of the part, and not every npm says it. */
const asPart = component => ({
  ...component,
  name: referenceOf(component).replace(/@[^@]+$/, ''),
  scope: running.get(referenceOf(component))?.optional ? 'optional' : 'required',
  properties: (component.properties ?? []).filter(({ name }) => !/^cdx:npm:package:(path|development)$/.test(name)),
});
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
    component: { ...asPart(metadata.component), type: 'application', name },
  },
  components: sorted(components.map(asPart)),
  dependencies: sorted(
    dependencies.map(each => ({
      ...each,
      dependsOn: (each.dependsOn ?? []).filter(reference => running.has(reference)).toSorted(),
    })),
  ),
};
writeFileSync(file, `${JSON.stringify(sbom, undefined, 2)}\n`);
console.log(`${file}: ${sbom.components.length} components of ${name} ${version}`);
