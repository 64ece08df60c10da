import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { imaginedHub } from './testing/imagined-hub.ts';

const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

describe('the explorer', () => {
  let hub: Awaited<ReturnType<typeof imaginedHub>>;
  beforeAll(async () => {
    hub = await imaginedHub();
  });
  afterAll(() => hub.stop());

  it('is what a browser without a token gets', async () => {
    const response = await fetch(`${hub.url}/`, { headers: browser });
    expect([response.status, response.url]).toEqual([200, `${hub.url}/graphql`]);
    expect(await response.text()).toContain('{"authorization": "Bearer …"}');
  });

  it('refers to this origin only, and everything it refers to is there', async () => {
    const response = await fetch(`${hub.url}/graphql`, { headers: browser });
    const html = await response.text();
    const references = new Set([...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(match => match[1]!));
    references.delete('data:,');
    expect(references.size).toBeGreaterThan(5);
    // Grows while it is walked: scripts import scripts.
    for (const reference of references) {
      expect(reference).toMatch(/^\/graphiql\/[\w.-]+$/);
      const file = await fetch(hub.url + reference);
      const text = await file.text();
      expect([file.status, text.length > 100]).toEqual([200, true]);
      expect(file.headers.get('content-type')).toMatch(reference.endsWith('.css') ? /^text\/css/ : /^text\/javascript/);
      for (const [, name] of text.matchAll(/^import .* from '\.\/([\w.-]+)';$/gm)) references.add(`/graphiql/${name}`);
      expect(text).not.toMatch(/@import|url\(\s*["']?(https?:)?\/\//);
    }
    expect([...references]).toContain('/graphiql/pkce.js');
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+=/);
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(response.headers.get('content-security-policy')).not.toMatch(/https?:|\*|unsafe-eval/);
  });
});
