import { Zip } from '@hub/gateway/imports/zip';
import { aCreditCode } from '@hub/organisations/factories';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import readXlsxFile from 'read-excel-file/node';
import writeXlsxFile from 'write-excel-file/node';
import { csv, postLedger } from './post-ledger.ts';
import { type TestHub, testHub } from './test-hub.ts';
import { allScopes, city as wholeCity } from './test-tokens.ts';

const city = { ...wholeCity, scopes: [...allScopes, 'people:personal'] };
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ sample: false, together: true });
}, 120_000);
afterAll(() => hub?.stop());

const sheetOf = async (response: Response) => {
  const [{ data } = { data: [] }] = await readXlsxFile(Buffer.from(await response.arrayBuffer()));
  return data.map(row => row.map(cell => (cell === null ? '' : String(cell))));
};

describe('the outcome of an import as a workbook', () => {
  const post = async (body: string, query = '') =>
    fetch(`${hub.url}/imports/organisations?name=${encodeURIComponent('企业台账.csv')}&${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await hub.token(city)}`, accept: xlsx },
      body,
    });

  it('is the file with what became of each row behind it, and in words what to do', async () => {
    const codes = [aCreditCode(), aCreditCode()];
    const response = await post(
      csv(
        ['2023年企业台账'],
        ['统一社会信用代码', '企业名称', '属地', '是否重点', '登记日期'],
        [codes[0]!, '甲公司', '南关区', '是', '2020-01-02'],
        [codes[1]!, '乙公司', '南关区', '也许', '不详细'],
      ),
      'rowByRow',
    );
    expect([response.status, response.headers.get('content-type')]).toEqual([422, xlsx]);
    expect(response.headers.get('content-disposition')).toContain(encodeURIComponent('企业台账 结果.xlsx'));
    const [message, header, good, bad, ...more] = await sheetOf(response);
    expect(message![0]).toMatch(/1 rows were left out.*已导入/);
    expect(header!.slice(-2)).toEqual(['结果 outcome', '说明 what to do']);
    expect(good).toEqual([codes[0], '甲公司', '南关区', '是', '2020-01-02', '新增 CREATED', '']);
    expect(bad!.slice(0, 6)).toEqual([codes[1], '乙公司', '南关区', '也许', '不详细', '错误 ERROR']);
    expect(bad![6]).toMatch(/是否重点 · UNKNOWN_WORD · .* → .*\n登记日期 · NOT_A_DATE · .* → /s);
    expect(more).toEqual([]);
  });

  it('can be corrected and sent again as it is', async () => {
    const code = aCreditCode();
    const file = csv(['统一社会信用代码', '企业名称', '属地'], [code, '丙公司', '月球区']);
    const rows = await sheetOf(await post(file));
    const corrected = csv(...rows.map(row => row.map(cell => (cell === '月球区' ? '南关区' : `"${cell}"`))));
    const again = await sheetOf(await post(corrected));
    expect(again.at(-1)!.slice(0, 3)).toEqual([code, '丙公司', '南关区']);
    expect(again.at(-1)!.at(-2)).toBe('新增 CREATED');
  });
});

describe('the template of a ledger', () => {
  const ledgers = ['organisations', 'members', 'donations', 'sessions', 'content'];
  const get = async (ledger: string, claims: object = city) =>
    fetch(`${hub.url}/imports/${ledger}/template.xlsx`, {
      headers: { authorization: `Bearer ${await hub.token(claims as typeof city)}` },
    });
  const code = '91220102MA0009501Y';

  it('explains each column in both languages, offers words, and imports without a remark once it is filled in', async () => {
    const lead = { divisionCode: '220102', creditCode: aCreditCode(), legalName: '牵头单位有限公司' };
    const { createOrganisation } = await hub.get(
      city,
      `mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id } }`,
      { input: lead },
    );
    await hub.get(city, `mutation ($input: CreateProgram!) { createProgram(input: $input) { id } }`, {
      input: { name: '我来教您用手机', startsOn: '2022-09-01', leadOrganisationId: createOrganisation.id },
    });
    for (const ledger of ledgers) {
      const response = await get(ledger);
      expect([ledger, response.status, response.headers.get('content-type')]).toEqual([ledger, 200, xlsx]);
      const bytes = Buffer.from(await response.arrayBuffer());
      const [form, help] = await readXlsxFile(bytes);
      const rows = help!.data.slice(1).map(row => row.map(cell => (cell === null ? '' : String(cell))));
      expect(rows.map(([header]) => header)).toEqual(form!.data[0]);
      for (const [, key, , , , chinese, english] of rows) expect([key, chinese, english]).not.toContain('');
      // As a person fills it in: the examples, in the sheet that came.
      const filled = await writeXlsxFile([
        {
          sheet: form!.sheet,
          data: [form!.data[0]!, rows.map(row => row[3]!)].map(row => row.map(cell => ({ value: String(cell), type: String }))),
        },
        { sheet: help!.sheet, data: [[{ value: '列 column', type: String }]] },
      ]).toBuffer();
      const { status, batch } = await postLedger(hub, city, ledger, new Uint8Array(filled));
      expect([ledger, status, batch?.problems, batch?.counts.created, batch?.ignoredColumns]).toEqual([ledger, 200, [], 1, []]);
      expect(batch.message).not.toContain('sheet');
    }
    expect(
      (await hub.get(city, `{ organisation(creditCode: "${code}") { memberCount donationTotal outputValue } }`)).organisation,
    ).toEqual({
      memberCount: 1,
      donationTotal: 10_000,
      outputValue: 12_805_000,
    });
  });

  it('keeps typed codes as texts and offers the words of a column', async () => {
    const sheet = new TextDecoder().decode(
      new Zip(Buffer.from(await (await get('members')).arrayBuffer())).read('xl/worksheets/sheet1.xml'),
    );
    expect(sheet).toMatch(/<dataValidation type="list"[^>]*sqref="C2:C2000"><formula1>(?:"|&#34;|&quot;)男,女/);
  });

  it('is for those who import: an unknown ledger is named, and who may not import gets none', async () => {
    expect((await get('nothing')).status).toBe(404);
    expect((await get('members', { ...city, scopes: ['people:read'] })).status).toBe(403);
  });
});
