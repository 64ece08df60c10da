import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const resolve = createRequire(import.meta.url).resolve;
const inPackage = (name: string, file: string) => join(dirname(resolve(`${name}/package.json`)), file);
const ownFile = (file: string) => new URL(`../assets/${file}`, import.meta.url);

const script = 'text/javascript; charset=utf-8';
const style = 'text/css; charset=utf-8';
const ownScripts = ['explorer.js', 'session-bar.js', 'session.js', 'pkce.js'];
const files: Record<string, [location: string | URL, type: string]> = {
  'react.js': [inPackage('react', 'umd/react.production.min.js'), script],
  'react-dom.js': [inPackage('react-dom', 'umd/react-dom.production.min.js'), script],
  'graphiql.js': [inPackage('graphiql', 'graphiql.min.js'), script],
  'graphiql.css': [inPackage('graphiql', 'graphiql.min.css'), style],
  ...Object.fromEntries(ownScripts.map(name => [name, [ownFile(name), script] as [URL, string]])),
  'explorer.css': [ownFile('explorer.css'), style],
};

/** Nothing from elsewhere: the hub runs in networks without the internet. The editor needs style attributes. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A browser that opens the address, as against a client that sends an operation. */
export function asksForPage(request: FastifyRequest): boolean {
  const { query } = request.query as Record<string, unknown>;
  return request.method === 'GET' && query === undefined && Boolean(request.headers.accept?.includes('text/html'));
}

export async function sendPage(reply: FastifyReply): Promise<FastifyReply> {
  return guarded(reply)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-cache')
    .send(await readFile(ownFile('explorer.html')));
}

/** GraphiQL from npm, under this origin. */
export function serveExplorer(app: FastifyInstance): void {
  app.get('/', (_request, reply) => reply.redirect('/graphql'));
  for (const [name, [location, type]] of Object.entries(files)) {
    app.get(`/graphiql/${name}`, async (_request, reply) =>
      guarded(reply)
        .type(type)
        .header('cache-control', 'public, max-age=3600')
        .send(await readFile(location)),
    );
  }
}

/** What else a browser is told every answer is told (http-server.ts). */
const guarded = (reply: FastifyReply) => reply.header('content-security-policy', policy);
