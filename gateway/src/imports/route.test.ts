import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { xlsx } from '../testing/files.ts';
import { imaginedHub } from '../testing/imagined-hub.ts';
import { bearer } from '../testing/tokens.ts';
import { limits } from './limits.ts';

let hub: Awaited<ReturnType<typeof imaginedHub>>;
let authorization: string;
beforeAll(async () => {
  hub = await imaginedHub();
  authorization = await bearer();
});
afterAll(() => hub.stop());
beforeEach(() => {
  for (const list of Object.values(hub.seen)) list.length = 0;
});

async function send(path: string, body: RequestInit['body'], headers: Record<string, string> = {}) {
  const response = await fetch(`${hub.url}/imports/${path}`, { method: 'POST', body, headers: { authorization, ...headers } });
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    text,
    ...(text.startsWith('{"i') || text.startsWith('{"errors') ? JSON.parse(text) : {}),
  };
}

const csv = Buffer.from('名称,人数\n甲,1\n乙,2\n');

describe('a file', () => {
  it('is staged, filled and applied with the token and request id of the caller', async () => {
    const {
      status,
      type,
      import: batch,
    } = await send('places?name=dir/%E5%8F%B0%E8%B4%A6.csv', csv, { 'x-request-id': 'imp-1', 'idempotency-key': 'key-0001' });
    expect([status, type, batch.state, batch.counts.created]).toEqual([200, 'application/json; charset=utf-8', 'APPLIED', 1]);
    expect(hub.seen.staged).toEqual([
      { ledger: 'places', fileName: '台账.csv', sha256: createHash('sha256').update(csv).digest('hex'), again: false },
    ]);
    expect(hub.seen.chunks).toEqual([
      {
        firstRow: 1,
        rows: [
          ['名称', '人数'],
          ['甲', '1'],
          ['乙', '2'],
        ],
      },
    ]);
    expect(hub.seen.applied).toEqual([{ id: 'batch-1', dryRun: false, rowByRow: false, acceptDuplicates: false }]);
    expect(hub.seen.headers).toHaveLength(3);
    for (const headers of hub.seen.headers)
      expect([headers.authorization, headers['x-client-request-id']]).toEqual([authorization, 'imp-1']);
    const keys = hub.seen.headers.map(headers => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(3);
    expect(keys.every(key => /^[0-9a-f]{64}$/.test(String(key)))).toBe(true);
  });

  it('may come in a form, under a Chinese name and any type', async () => {
    const form = new FormData();
    form.append(
      'file',
      new Blob([await xlsx({ sheet: '一', data: [[{ value: '名称' }]] }, { sheet: '二', data: [[{ value: 'x' }]] })]),
      '捐赠台账.xlsx',
    );
    const { status, import: batch } = await send('squares?dryRun=true&rowByRow=1&acceptDuplicates', form);
    expect([status, batch.state]).toEqual([200, 'READY']);
    expect(batch.message).toContain('Only the sheet "一" was read, not "二"');
    expect(hub.seen.staged[0]).toMatchObject({ ledger: 'squares', fileName: '捐赠台账.xlsx' });
    expect(hub.seen.applied).toEqual([{ id: 'batch-1', dryRun: true, rowByRow: true, acceptDuplicates: true }]);
  });

  it('of more than 2,000 rows goes in pieces', async () => {
    await send('places', `a,b\n${'1,2\n'.repeat(4_500)}`);
    expect(hub.seen.chunks.map(chunk => [chunk.firstRow, chunk.rows.length])).toEqual([
      [1, 2_000],
      [2_001, 2_000],
      [4_001, 501],
    ]);
  });

  it('with bad rows answers 422 and the problems', async () => {
    const { status, import: batch } = await send('places', 'name\nbad\n');
    expect([status, batch.state]).toEqual([422, 'FAILED']);
    expect(batch.problems).toEqual([
      {
        row: 2,
        outcome: 'ERROR',
        code: 'INVALID_INPUT',
        column: '名称',
        value: 'bad',
        message: 'bad',
        suggestion: 'good',
        candidates: [],
      },
    ]);
  });

  it('that was applied before is not applied again', async () => {
    const { status, import: batch } = await send('places?name=again.csv', csv);
    expect([status, batch.state, hub.seen.chunks.length, hub.seen.applied.length]).toEqual([200, 'APPLIED', 0, 0]);
  });
});

describe('progress', () => {
  const lines = async (body: string | Buffer) => {
    const { status, type, text } = await send('places', body, { accept: 'application/x-ndjson' });
    expect([status, type]).toEqual([200, 'application/x-ndjson; charset=utf-8']);
    return text
      .trim()
      .split('\n')
      .map((line: string) => JSON.parse(line));
  };

  it('is told line by line, the result last', async () => {
    const all = await lines(`a\n${'1\n'.repeat(2_999)}`);
    const stages = all.slice(0, -1).map(({ progress }: any) => [progress.stage, progress.rows, progress.of]);
    expect(stages).toEqual([
      ['received', 0, 0],
      ['parsed', 3_000, 3_000],
      ['staged', 2_000, 3_000],
      ['staged', 3_000, 3_000],
      ['applying', 0, 3_000],
    ]);
    expect(all.at(-1).result).toMatchObject({ state: 'APPLIED' });
  });

  it('ends with the error, if there is one', async () => {
    expect((await lines('%PDF-1.4')).at(-1)).toEqual({
      error: { code: 'INVALID_INPUT', reason: 'FILE_UNREADABLE', message: expect.stringContaining('PDF') },
    });
  });
});

describe('is refused:', () => {
  const refusal = ({ status, errors }: { status: number; errors?: any[] }) => [
    status,
    errors?.[0].extensions.code,
    errors?.[0].extensions.reason,
  ];

  it('no token', async () =>
    expect(refusal(await send('places', csv, { authorization: '' }))).toEqual([401, 'UNAUTHENTICATED', 'MISSING']));
  it('no scope', async () =>
    expect(refusal(await send('places', csv, { authorization: await bearer('people:read') }))).toEqual([
      403,
      'FORBIDDEN',
      undefined,
    ]));
  it('an unknown ledger, naming those there are', async () => {
    const answer = await send('people', csv);
    expect(refusal(answer)).toEqual([404, 'NOT_FOUND', undefined]);
    expect((answer as any).errors[0].message).toContain('places, squares');
  });
  it('an empty body', async () => expect(refusal(await send('places', ''))).toEqual([400, 'INVALID_INPUT', 'FILE_EMPTY']));
  it('a form without a file', async () => {
    const form = new FormData();
    form.append('a', 'b');
    expect(refusal(await send('places', form))).toEqual([400, 'INVALID_INPUT', undefined]);
  });
  it('a file above 32 MB, raw or in a form', async () => {
    const big = Buffer.alloc(limits.fileBytes + 1, 'a');
    expect(refusal(await send('places', big))).toEqual([413, 'LIMIT_EXCEEDED', undefined]);
    const form = new FormData();
    form.append('file', new Blob([big]), 'a.csv');
    expect(refusal(await send('places', form))).toEqual([413, 'LIMIT_EXCEEDED', undefined]);
  });
  it('a file with a cell too long, with its place', async () => {
    const answer = await send('places', `a\n${'x'.repeat(10_001)}`);
    expect(refusal(answer)).toEqual([400, 'LIMIT_EXCEEDED', 'CELL_TOO_LONG']);
    expect((answer as any).errors[0].extensions).toMatchObject({ row: 2, column: 'A' });
    expect(hub.seen.staged).toEqual([]);
  });
});
