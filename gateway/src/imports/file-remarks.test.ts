import { HubError } from '@hub/kit/errors';
import { expect, it } from '@jest/globals';
import { rawWorkbook } from '../testing/files.ts';
import { imaginedHub } from '../testing/imagined-hub.ts';
import { bearer } from '../testing/tokens.ts';
import { withRemarks, withSheet } from './file-remarks.ts';

const table = { rowCount: 2, chunks: [], sheet: '封面', otherSheets: ['台账'], remarks: ['隐藏 Hidden.'] };
const refused = new HubError('INVALID_INPUT', 'No header.', { reason: 'HEADER_NOT_FOUND', missing: ['名称'] });

it('the outcome of a file says what was read and what was not', () => {
  expect(withRemarks('Applied.', table)).toBe(
    'Applied. 只读取了工作表“封面”。Only the sheet "封面" was read, not "台账". 隐藏 Hidden.',
  );
  expect(withRemarks(null, { ...table, otherSheets: [], remarks: [] })).toBeNull();
});

it('rows that are refused are said to be of their sheet, and which others there are', () => {
  expect(withSheet(refused, table)).toMatchObject({
    message: 'No header. 只读取了工作表“封面”。Only the sheet "封面" was read, not "台账".',
    extensions: { code: 'INVALID_INPUT', reason: 'HEADER_NOT_FOUND', missing: ['名称'], sheet: '封面' },
  });
  expect(withSheet(refused, { ...table, otherSheets: [] })).toMatchObject({
    message: expect.stringContaining('The sheet is "封面"'),
  });
});

it('an error that is not about the rows, or a file without sheets, stays as it is', () => {
  const forbidden = new HubError('FORBIDDEN', 'No.');
  expect(withSheet(forbidden, table)).toBe(forbidden);
  expect(withSheet(refused, { ...table, sheet: undefined })).toBe(refused);
});

it('a workbook with hidden rows and a hidden sheet is told so through the door', async () => {
  const hub = await imaginedHub();
  try {
    const rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row>';
    const body = new Uint8Array(rawWorkbook(rows, { sheets: '<sheet name="旧" sheetId="2" state="hidden" r:id="rId1"/>' }));
    const response = await fetch(`${hub.url}/imports/places`, {
      method: 'POST',
      body,
      headers: { authorization: await bearer() },
    });
    const { import: batch } = (await response.json()) as { import: { message: string } };
    expect(batch.message).toContain('Rows that are hidden were read like the others (1): 2.');
    expect(batch.message).toContain('Hidden sheets were not read (1): "旧".');
  } finally {
    await hub.stop();
  }
});
