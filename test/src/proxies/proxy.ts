import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRepository } from '@hub/launcher/layout';

/** Where a proxy is to stand: before two gateways, with a certificate of the test's own. */
export interface Place {
  directory: string;
  port: number;
  gateways: readonly [string, string];
}

export interface RunningProxy {
  stop(): Promise<void>;
}

/** The certificate of `localhost`, and its key, in a folder. */
export function makeCertificate(directory: string): string {
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const files = ['-keyout', join(directory, 'key.pem'), '-out', join(directory, 'fullchain.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...names, ...files], {
    stdio: 'ignore',
  });
  return readFileSync(join(directory, 'fullchain.pem'), 'utf8');
}

/** A configuration as it stands in docs/deploy, but for addresses, names and files. */
function configuration(file: string, changes: Record<string, string>): string {
  const text = readFileSync(inRepository('docs', 'deploy', file), 'utf8');
  return Object.entries(changes).reduce((result, [from, to]) => {
    if (!result.includes(from)) throw new Error(`docs/deploy/${file} has no ${from}.`);
    return result.replaceAll(from, to);
  }, text);
}

const gatewaysOf = ({ gateways }: Place) => ({
  '127.0.0.1:4000': new URL(gateways[0]).host,
  '127.0.0.1:4100': new URL(gateways[1]).host,
});

async function running(command: string, args: string[], { directory, port }: Place): Promise<RunningProxy> {
  const child: ChildProcess = spawn(command, args, {
    env: { PATH: `${process.env.PATH}:/usr/sbin`, HOME: directory },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let printed = '';
  child.stderr!.on('data', chunk => {
    printed += chunk;
  });
  const failed = new Promise<never>((_, reject) => {
    child.once('error', error => reject(new Error(`${command} is not installed: ${error.message}`)));
    child.once('exit', code => reject(new Error(`${command} ended with ${code}: ${printed}`)));
  });
  failed.catch(() => undefined);
  await Promise.race([failed, listening(port)]);
  const stop = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  };
  return { stop };
}

async function listening(port: number): Promise<void> {
  while (
    !(await fetch(`https://localhost:${port}/livez`).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await new Promise(resolve => setTimeout(resolve, 50));
}

export async function nginx(place: Place): Promise<RunningProxy> {
  const { directory, port } = place;
  const hub = join(directory, 'hub.conf');
  writeFileSync(
    hub,
    configuration('nginx.conf', {
      ...gatewaysOf(place),
      'listen 443 ssl http2': `listen 127.0.0.1:${port} ssl http2`,
      '/etc/ssl/hub': directory,
    }),
  );
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(of => `${of}_temp_path ${join(directory, of)};`);
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  const main = join(directory, 'nginx.conf');
  writeFileSync(
    main,
    `${user} daemon off; pid ${join(directory, 'nginx.pid')}; error_log stderr error; events {} http { access_log off; ${temporary.join(' ')} include ${hub}; }`,
  );
  return running('nginx', ['-p', directory, '-e', 'stderr', '-c', main], place);
}

export async function caddy(place: Place): Promise<RunningProxy> {
  const { directory, port } = place;
  const tls = `tls ${join(directory, 'fullchain.pem')} ${join(directory, 'key.pem')}`;
  const site = configuration('Caddyfile', { ...gatewaysOf(place), 'hub.example.org {': `https://localhost:${port} {\n\t${tls}` });
  const file = join(directory, 'Caddyfile');
  writeFileSync(file, `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${site}`);
  return running('caddy', ['run', '--config', file, '--adapter', 'caddyfile'], place);
}
