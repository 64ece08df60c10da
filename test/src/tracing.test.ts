import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.ts';
import { type TestHub, testHub } from './test-hub.ts';
import { city } from './test-tokens.ts';

interface Span {
  traceId: string;
  name: string;
  attributes: { key: string; value: { stringValue?: string } }[];
}

describe('traces, where the operator asks for them', () => {
  let collector: Server;
  let hub: TestHub;
  const received: string[] = [];
  const spans: (Span & { service: string })[] = [];
  beforeAll(async () => {
    collector = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', chunk => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        received.push(text);
        for (const { resource, scopeSpans } of JSON.parse(text).resourceSpans) {
          const service = resource.attributes.find(({ key }: { key: string }) => key === 'service.name').value.stringValue;
          for (const scope of scopeSpans) spans.push(...scope.spans.map((span: Span) => ({ ...span, service })));
        }
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    }).listen(0, '127.0.0.1');
    await new Promise(resolve => collector.once('listening', resolve));
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
    process.env.OTEL_BSP_SCHEDULE_DELAY = '200';
    hub = await testHub({ sample: false });
  }, 600_000);
  afterAll(async () => {
    delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
    delete process.env.OTEL_BSP_SCHEDULE_DELAY;
    await hub?.stop();
    collector.close();
  });

  it('follow a request from the door into the subgraphs, and hold nobody', async () => {
    const mutation = `mutation ($input: CreatePerson!) { createPerson(input: $input) { id } }`;
    const claims = { ...city, scopes: ['people:read', 'people:write', 'people:personal', 'organisations:read'] };
    const input = { name: '迹踪人', phone: '13900001234', divisionCode: '220102' };
    const { errors } = await hub.ask(claims, mutation, { input }, { 'x-request-id': 'traced-1' });
    expect(errors).toBeUndefined();
    const mine = () => {
      const root = spans.find(
        ({ name, attributes }) => name === 'graphql' && attributes.some(({ value }) => value.stringValue === 'traced-1'),
      );
      return spans.filter(({ traceId }) => traceId === root?.traceId).map(({ service, name }) => `${service} ${name}`);
    };
    await eventually(async () =>
      expect(mine()).toEqual(
        expect.arrayContaining(['hub-gateway graphql', 'hub-gateway subgraph people', 'hub-people mutation']),
      ),
    );
    for (const text of received) for (const secret of ['迹踪人', '13900001234']) expect(text).not.toContain(secret);
  });
});
