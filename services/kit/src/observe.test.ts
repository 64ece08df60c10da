import { readdir } from 'node:fs/promises';
import { people } from '@hub/people/subgraph';
import { type TestService, testService } from '@hub/test/test-service';
import { city } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

let service: TestService;
beforeAll(async () => {
  service = await testService(people);
});
afterAll(() => service.stop());

describe('what a service shows its operator', () => {
  it('counts operations, their statements and the connections', async () => {
    await service.get(city, '{ people { totalCount } }');
    const text = await (await fetch(`${service.url}/metrics`)).text();
    expect(text).toContain('hub_service_operation_duration_seconds_count{service="people"} 1');
    expect(text).toMatch(/hub_service_operation_statements_sum\{service="people"\} [3-9]\n/);
    expect(text).toMatch(/hub_pool_connections\{state="all",service="people"\} [1-9]/);
  });

  it('says which migrations the database has seen', async () => {
    const all = (await readdir(people.migrations)).map(file => file.split('.')[0]!).filter(name => name.startsWith('Migration'));
    const names = [...new Set(all)].toSorted();
    const status = await (await fetch(`${service.url}/status`)).json();
    expect(status).toEqual({
      database: { version: expect.stringMatching(/^18\./), connections: expect.any(Number), waiting: 0 },
      migrations: { applied: names.length, last: names.at(-1) },
      feeds: [],
    });
  });
});
