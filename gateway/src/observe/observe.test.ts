import { readFile } from 'node:fs/promises';
import { eventually } from '@hub/test/eventually';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { ask, imaginedHub } from '../testing/imagined-hub.ts';
import { bearer } from '../testing/tokens.ts';

const body = 'query Place($id: ID!) { place(id: $id) { name } }';
const id = '7ac7a7bd8e9d21e68ef7a5d1de4b3f2e2c1ad9ea3d1e2a0f7a4f0f5a4a1f2b3c';
const logged: string[] = [];

let hub: Awaited<ReturnType<typeof imaginedHub>>;
let authorization: string;
beforeAll(async () => {
  const log = pino({ level: 'warn' }, { write: (line: string) => logged.push(line) });
  hub = await imaginedHub({ documents: [{ id, name: 'Place', type: 'query', body }], slowMs: 1_000, deadlineMs: 2_000, log });
  authorization = await bearer('', '5m', { actor: 'canary-person' });
});
afterAll(() => hub.stop());

const metrics = async (headers: Record<string, string> = {}) => (await fetch(`${hub.operatorsUrl}/metrics`, { headers })).text();
const value = (text: string, series: string) =>
  Number(
    text
      .split('\n')
      .find(line => line.startsWith(`${series} `))
      ?.split(' ')
      .at(-1) ?? 0,
  );
const trusted = async () => {
  const headers = { 'content-type': 'application/json', authorization };
  const body = JSON.stringify({ documentId: id, variables: { id: 'canary-value' } });
  expect((await fetch(`${hub.url}/graphql`, { method: 'POST', headers, body })).status).toBe(200);
};

describe('metrics', () => {
  it('count operations by trusted name, class and outcome, and refusals by code', async () => {
    await trusted();
    await ask(hub.url, '{ peopleCount }', { authorization });
    await ask(hub.url, '{ trouble(kind: "forbidden") }', { authorization });
    await ask(hub.url, '{ canary }', { authorization });
    await ask(hub.url, '{ canary }', {});
    const text = await metrics();
    const operations = (document: string, outcome: string) =>
      value(text, `hub_operations_total{document="${document}",class="people",outcome="${outcome}"}`);
    expect([
      operations('Place', 'OK'),
      operations('free', 'OK'),
      operations('free', 'FORBIDDEN'),
      operations('free', 'INVALID_INPUT'),
    ]).toEqual([1, 1, 1, 1]);
    expect([
      value(text, 'hub_refused_total{code="INVALID_INPUT"}'),
      value(text, 'hub_refused_total{code="UNAUTHENTICATED"}'),
    ]).toEqual([1, 1]);
    expect(value(text, 'hub_subgraph_duration_seconds_count{subgraph="people",outcome="answered"}')).toBe(1);
    expect(value(text, 'hub_operation_duration_seconds_count{class="people"}')).toBe(4);
    expect(text).toContain('hub_subgraph_breaker_open{subgraph="places"} 0');
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
  });

  it('hold nothing of a person, a value or a request', async () => {
    await ask(hub.url, 'query canaryName { place(id: "canary-id") { name } }', {
      authorization,
      'x-request-id': 'canary-request',
    });
    await fetch(`${hub.url}/canary/path`);
    expect(await metrics()).not.toMatch(/canary|220102|tester/);
  });

  it('have few series, whatever is asked', async () => {
    const series = async () => (await metrics()).split('\n').filter(line => line.startsWith('hub_')).length;
    for (let i = 0; i < 5; i++) await ask(hub.url, `query q${i} { place(id: ${i}) { name } }`, { authorization });
    const before = await series();
    for (let i = 0; i < 20; i++)
      await ask(hub.url, `query r${i} { a${i}: place(id: ${i}) { name } }`, {
        authorization: await bearer('', '5m', { actor: `actor-${i}` }),
      });
    expect(await series()).toBe(before);
  });

  it('are those that the Grafana dashboard shows', async () => {
    const dashboard = JSON.parse(await readFile(new URL('../../../docs/grafana-hub.json', import.meta.url), 'utf8'));
    const expressions: string[] = dashboard.panels.flatMap((panel: any) => panel.targets.map((target: any) => target.expr));
    const named = new Set(expressions.flatMap(expression => expression.match(/\b(hub|process|nodejs)_\w+/g) ?? []));
    const known = new Map([...(await metrics()).matchAll(/^# TYPE (\S+) (\w+)$/gm)].map(([, name, type]) => [name, type]));
    expect(named.size).toBeGreaterThan(10);
    for (const name of named) {
      const histogram = known.get(name.replace(/_(bucket|sum|count)$/, '')) === 'histogram';
      expect([name, known.has(name) || histogram]).toEqual([name, true]);
    }
    const labels = {
      hub_operations_total: ['document', 'class', 'outcome'],
      hub_refused_total: ['code'],
      hub_shed_total: ['class'],
    };
    for (const [name, allowed] of Object.entries(labels)) {
      const by = expressions
        .filter(expression => expression.includes(name))
        .flatMap(expression => [...expression.matchAll(/by \(([^)]*)\)/g)]);
      for (const [, list] of by) for (const label of list!.split(', ')) expect(allowed).toContain(label);
    }
  });
});

describe('what the operator sees', () => {
  it('is on a port of its own, of this machine, and nowhere on the public one', async () => {
    expect(new URL(hub.operatorsUrl).hostname).toBe('127.0.0.1');
    for (const path of ['/metrics', '/status']) {
      expect((await fetch(hub.operatorsUrl + path)).status).toBe(200);
      const refused = await fetch(hub.url + path);
      expect([refused.status, ((await refused.json()) as any).errors[0].extensions.code]).toEqual([404, 'NOT_FOUND']);
    }
    const { status } = await fetch(`${hub.operatorsUrl}/graphql`, { method: 'POST', body: '{}' });
    expect(status).toBe(404);
  });

  it('is the version, the supergraph and each subgraph, for programs', async () => {
    const status = await (await fetch(`${hub.operatorsUrl}/status`)).json();
    expect(status).toEqual({
      status: 'ready',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      uptime: expect.any(Number),
      supergraph: { hash: expect.stringMatching(/^[0-9a-f]{12}$/), loadedAt: expect.stringMatching(/^\d{4}-/) },
      subgraphs: [
        { name: 'people', ready: true, breaker: 'closed' },
        { name: 'places', ready: true, breaker: 'closed' },
      ],
    });
  });

  it('is a page in Chinese and English without scripts, for people', async () => {
    const response = await fetch(`${hub.operatorsUrl}/status`, { headers: { accept: 'text/html' } });
    const page = await response.text();
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    for (const text of ['数据枢纽状态', 'Hub status', '就绪 ready', 'places', 'people', '正常 closed'])
      expect(page).toContain(text);
    expect(page).not.toMatch(/<script|src=|href=|http:|\son\w+=/);
  });
});

describe('a slow operation', () => {
  it('is named in the log with its statements, never with its text or variables', async () => {
    logged.length = 0;
    const slow = await ask(
      hub.url,
      'query canaryText($kind: String!) { trouble(kind: $kind) }',
      { authorization, 'x-request-id': 'slow-1' },
      { kind: 'hang' },
    );
    await ask(hub.url, '{ peopleCount }', { authorization, 'x-request-id': 'fast-1' });
    await eventually(() => expect(logged.join()).toContain('slow operation'));
    const lines = logged.map(line => JSON.parse(line)).filter(({ msg }) => msg === 'slow operation');
    expect(lines).toEqual([
      expect.objectContaining({
        requestId: slow.headers.get('x-request-id'),
        clientRequestId: 'slow-1',
        document: 'free',
        statements: 0,
        outcome: 'TIMEOUT',
      }),
    ]);
    expect(lines[0].milliseconds).toBeGreaterThanOrEqual(1_000);
    expect(logged.join()).not.toContain('canary');
  });
});
