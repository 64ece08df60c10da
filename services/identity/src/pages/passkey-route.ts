import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';

const library = createRequire(import.meta.url).resolve('@simplewebauthn/browser');
const files: Record<string, string | URL> = {
  'browser.js': join(dirname(dirname(library)), 'dist/bundle/index.umd.min.js'),
  'passkey.js': new URL('../../assets/passkey.js', import.meta.url),
};

/** The scripts of the pages that use passkeys: the library's from npm and our own, under this origin. */
export async function servePasskeyScripts(app: FastifyInstance): Promise<void> {
  for (const [name, location] of Object.entries(files)) {
    const text = await readFile(location);
    app.get(`/identity/passkey/${name}`, async (_request, reply) =>
      reply
        .headers({ 'cache-control': 'public, max-age=3600', 'x-content-type-options': 'nosniff' })
        .type('text/javascript; charset=utf-8')
        .send(text),
    );
  }
}
