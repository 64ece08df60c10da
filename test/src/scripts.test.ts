import { type ExecFileOptions, execFile } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { inRepository } from '@hub/launcher/layout';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const { scripts } = JSON.parse(readFileSync(inRepository('package.json'), 'utf8')) as { scripts: Record<string, string> };
const { commands } = (await import(inRepository('run', 'commands.mjs'))) as { commands: Record<string, { steps: string[][] }> };

let work: string;
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'hub-scripts-'));
});
afterAll(() => rm(work, { recursive: true, force: true }));

/** Folders a shell outside npm looks into. */
const ofTheSystem = (process.env.PATH ?? '').split(delimiter).filter(folder => !folder.includes('node_modules'));
const systemsNode = ofTheSystem.map(folder => join(folder, 'node')).find(isProgram) ?? process.execPath;

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const run = (program: string, args: string[], options: ExecFileOptions = {}) =>
  new Promise<{ code: number; out: string; err: string }>(resolve => {
    execFile(program, args, { ...options, encoding: 'utf8' }, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });

describe('the scripts', () => {
  it('all go through the dispatcher, which knows no other', () => {
    expect(scripts).toEqual(Object.fromEntries(Object.keys(commands).map(name => [name, `exec node run.mjs ${name}`])));
  });

  it('run what is there', () => {
    const files = Object.values(commands).flatMap(({ steps }) => steps.map(step => step.find(part => !part.startsWith('-'))!));
    expect(files.filter(file => !/\.m?[jt]s$|\/biome$|\/tsc$/.test(file))).toEqual([]);
    for (const file of files) accessSync(inRepository(file));
  });

  it("run under the hub's Node where the system's runs them and npm linked none", async () => {
    const env = { HOME: work, PATH: ofTheSystem.join(delimiter), HUB_DATA: join(work, 'data') };
    const { code, out, err } = await run(systemsNode, ['run.mjs', 'token', '--role', 'AUDITOR', '--division', '220102'], {
      cwd: inRepository(),
      env,
    });
    expect({ code, err: err.replace(/^.*Compiling.*\n/, '') }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  });

  it('hand the hub’s Node to what they start, whatever stands first on the path', async () => {
    const { surroundings, nodeOfHub } = await import(inRepository('run', 'node-of-hub.mjs'));
    const { out } = await run('node', ['-p', 'process.versions.node'], { env: surroundings(nodeOfHub()) });
    expect(out).toMatch(/^24\./);
  });

  it.each(Object.keys(commands))('%s says by --help what it does, and does nothing', async name => {
    const untouched = join(work, 'untouched');
    const { code, out, err } = await run(process.execPath, [inRepository('run.mjs'), name, '--help'], {
      env: { ...process.env, HUB_DATA: untouched },
    });
    const usage = expect.stringMatching(new RegExp(`^(Usage: npm (run )?(-s )?${name}\\b|npm run ${name}: )`));
    expect([code, out, err]).toEqual([0, usage, '']);
    await expect(readFile(untouched)).rejects.toThrow('ENOENT');
  });

  it('say which command there is not', async () => {
    const { code, err } = await run(process.execPath, [inRepository('run.mjs'), 'stard']);
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/^There is no command "stard"\. The commands of the hub:\n {2}npm run start /),
    ]);
  });
});

describe('the set-up of a test run', () => {
  it('works in a path with spaces', async () => {
    const spaced = join(work, 'a path with "spaces"');
    await mkdir(join(spaced, 'test'), { recursive: true });
    for (const name of ['services', 'node_modules', 'gateway', 'package.json'])
      await symlink(inRepository(name), join(spaced, name));
    for (const name of ['global-setup.js', 'global-teardown.js', 'remove-all.js', 'outbound-guard.cjs', 'package.json'])
      await writeFile(join(spaced, 'test', name), await readFile(inRepository('test', name)));
    const program = `import setup from './test/global-setup.js'; import teardown from './test/global-teardown.js';
      import { execFileSync } from 'node:child_process';
      await setup(); console.log(execFileSync(process.execPath, ['-p', 'globalThis.hubOutboundGuard']).toString()); await teardown();`;
    await writeFile(join(spaced, 'run.mjs'), program);
    const { code, out, err } = await run(process.execPath, ['run.mjs'], {
      cwd: spaced,
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    expect([code, out.trim(), err]).toEqual([
      0,
      'true',
      expect.stringMatching(/^connections: \d+ on this machine, 0 elsewhere\n$/),
    ]);
  });

  it('leaves no PostgreSQL running when it fails', async () => {
    const temporary = join(work, 'tmp');
    await mkdir(temporary);
    await chmod(work, 0o711);
    const trouble = join(work, 'trouble.cjs');
    await writeFile(
      trouble,
      `if (/people.dist.migrate/.test(process.argv[1])) { console.error('no people today'); process.exit(3); }`,
    );
    const setup = `await (await import(${JSON.stringify(inRepository('test', 'global-setup.js'))})).default()`;
    const env = { ...process.env, TMPDIR: temporary, NODE_OPTIONS: `--require ${trouble}` };
    const { code, err } = await run(process.execPath, ['--input-type=module', '-e', setup], { env });
    expect([code, err]).toEqual([1, expect.stringContaining('no people today')]);
    const { out } = await run('ps', ['-eo', 'command=']);
    expect(out.split('\n').filter(line => line.includes(temporary))).toEqual([]);
  });
});

describe('npm run sbom', () => {
  const sbom = async (name: string) => {
    const file = join(work, name);
    const outcome = await run(process.execPath, [inRepository('run.mjs'), 'sbom', file]);
    expect(outcome).toEqual({ code: 0, out: expect.stringMatching(/\d+ components of hub 0\.1\.0\n$/), err: '' });
    return readFile(file, 'utf8');
  };

  it('writes the same CycloneDX file each time, with every package the services name', async () => {
    const first = await sbom('first.json');
    expect(await sbom('second.json')).toBe(first);
    const { bomFormat, serialNumber, metadata, components, dependencies } = JSON.parse(first);
    expect([bomFormat, serialNumber, metadata.timestamp, metadata.component.name]).toEqual([
      'CycloneDX',
      undefined,
      undefined,
      'hub',
    ]);
    const kit = JSON.parse(await readFile(inRepository('services', 'kit', 'package.json'), 'utf8'));
    const named = Object.entries(kit.dependencies).map(([name, version]) => `${name}@${version}`);
    const listed = new Set(components.map((component: { 'bom-ref': string }) => component['bom-ref']));
    expect(named.filter(reference => !listed.has(reference))).toEqual([]);
    expect([...listed].filter(reference => String(reference).startsWith('jest@'))).toEqual([]);
    expect(dependencies.length).toBeGreaterThan(components.length / 2);
  });
});
