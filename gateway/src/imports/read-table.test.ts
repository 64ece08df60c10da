import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { bomb, ole, rawWorkbook, xlsx } from '../testing/files.ts';
import { chunksOf, unpackRows } from './chunks.ts';
import { limits } from './limits.ts';
import { readTable } from './read-table.ts';

const problem = (file: Buffer) =>
  readTable(file).then(
    () => 'no problem',
    ({ reason, message, place }) => ({ reason, message, ...place }),
  );

/** The sheet again, each row up to its last filled cell. */
async function rows(file: Buffer): Promise<string[][]> {
  const { rowCount, chunks } = await readTable(file);
  const sheet: string[][] = Array.from({ length: rowCount }, () => []);
  for (const { firstRow, json } of chunks) {
    for (const [index, row] of unpackRows(json).entries())
      sheet[firstRow - 1 + index] = row.slice(0, row.findLastIndex(cell => cell !== '') + 1);
  }
  return sheet;
}

describe('an XLSX file', () => {
  it('gives its first sheet as a person sees it, and names the others', async () => {
    const date = (value: Date, format: string) => ({ value, type: Date, format });
    const file = await xlsx(
      {
        sheet: '台账',
        data: [
          [{ value: '企业台账' }],
          [{ value: '名称' }, { value: '人数' }, { value: '日期' }, { value: '时间' }, { value: '党员' }],
          [
            { value: ' 长春一汽 ' },
            { value: 12000, type: Number },
            date(new Date('2024-03-01T00:00:00Z'), 'yyyy-mm-dd'),
            date(new Date('2024-03-01T08:30:00Z'), 'yyyy-mm-dd hh:mm'),
            { value: true, type: Boolean },
          ],
        ],
      },
      { sheet: '说明', data: [[{ value: 'x' }]] },
    );
    expect(await rows(file)).toEqual([
      ['企业台账'],
      ['名称', '人数', '日期', '时间', '党员'],
      [' 长春一汽 ', '12000', '2024-03-01', '2024-03-01 08:30', 'TRUE'],
    ]);
    expect(await readTable(file)).toMatchObject({
      rowCount: 3,
      sheet: '台账',
      otherSheets: ['说明'],
    });
  });

  it('keeps numbers, damaged long numbers, error cells, times and gaps', async () => {
    const cells = [
      '<c r="A3"><v>0.30000000000000004</v></c><c r="B3"><v>9.1220102E+19</v></c><c r="C3"><v>220102199001011234</v></c>',
      '<c r="D3" t="e"><f>A1/0</f><v>#DIV/0!</v></c><c r="E3" t="e"><v>#REF!</v></c><c r="F3" s="2"><v>0.35416666666666669</v></c>',
      '<c r="G3" s="1"><v>45352</v></c><c r="H3" t="b"><v>0</v></c><c r="I3" t="str"><f>B1</f><v>公式</v></c><c r="J3"><v>1E-7</v></c>',
      '<c r="L3"><f>1+1</f><v>2</v></c><c r="M3" t="str"><f>NOW()</f></c>',
    ].join('');
    expect(
      await rows(rawWorkbook(`<row r="3">${cells}</row><row r="5"><c r="B5" t="inlineStr"><is><t>尾</t></is></c></row>`)),
    ).toEqual([
      [],
      [],
      [
        '0.3',
        '9.1220102E+19',
        '2.20102199001011E+17',
        '#DIV/0!',
        '#REF!',
        '08:30',
        '2024-03-01',
        'FALSE',
        '公式',
        '0.0000001',
        '',
        '2',
        '#NOVALUE!',
      ],
      [],
      ['', '尾'],
    ]);
  });

  it('with styled but empty cells down to the last row is read', async () => {
    const file = rawWorkbook('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>');
    expect(await rows(file)).toEqual([['1']]);
  });
});

describe('an XLSX file with a million empty rows', () => {
  it('is read as its one row', async () => {
    const empty = Array.from({ length: 1_048_575 }, (_, index) => `<row r="${index + 2}"/>`).join('');
    expect(await rows(rawWorkbook(`<row r="1"><c r="A1"><v>1</v></c></row>${empty}`))).toEqual([['1']]);
  });
});

describe('a CSV file', () => {
  const text = '名称,地址,人数\r\n"长春, 一汽","说""好""\n第二行",12\r\n\r\n末行,,\r\n';
  const table = [['名称', '地址', '人数'], ['长春, 一汽', '说"好"\n第二行', '12'], [], ['末行']];
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['GB18030', iconv.encode(text, 'gb18030')],
    ['UTF-16LE with a mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16BE with a mark', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['tabs and LF', Buffer.from(text.replaceAll(/,(?! )/g, '\t').replaceAll('\r\n', '\n'))],
    ['semicolons', Buffer.from(text.replaceAll(/,(?! )/g, ';'))],
  ])('in %s', async (_name, file) => expect(await rows(file)).toEqual(table));

  it('with an open quotation mark is refused with its place', async () => {
    expect(await problem(Buffer.from('a,b\n1,"2\n3,4\n'))).toMatchObject({ reason: 'FILE_UNREADABLE', row: expect.any(Number) });
  });
});

describe('what is no table', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 'FILE_EMPTY', '0 字节'],
    ['an empty sheet', rawWorkbook(''), 'FILE_EMPTY', '没有数据'],
    ['blank lines', Buffer.from('\r\n,,\r\n'), 'FILE_EMPTY', '没有数据'],
    ['a PDF', Buffer.from('%PDF-1.7\n…'), 'FILE_UNREADABLE', 'PDF'],
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), 'FILE_UNREADABLE', '图片'],
    ['binary', Buffer.from([1, 2, 3, 0, 255, 254, 0, 7]), 'FILE_UNREADABLE', '另存为'],
    ['an old .xls', ole('Workbook'), 'FILE_UNREADABLE', '.xls'],
    ['an encrypted workbook', ole('EncryptedPackage'), 'FILE_UNREADABLE', '密码'],
    ['HTML named .xls', Buffer.from('<html><table><tr><td>1'), 'FILE_UNREADABLE', '网页'],
    ['a Word document', bomb('word/document.xml', Buffer.from('x'), 1), 'FILE_UNREADABLE', 'Word'],
    ['half a workbook', rawWorkbook('<row r="1"><c r="A1"><v>1</v></c></row>').subarray(0, 600), 'FILE_UNREADABLE', '损坏'],
    ['broken XML', rawWorkbook('<row r="1"><c r="A1"><v>1</v></row></c'), 'FILE_UNREADABLE', '损坏'],
    ['a forged address', rawWorkbook('<row r="1"><c r="ZZZZZ1"><v>1</v></c></row>'), 'FILE_UNREADABLE', '损坏'],
    ['a forged row', rawWorkbook('<row r="999999999"><c r="A999999999"><v>1</v></c></row>'), 'FILE_UNREADABLE', '损坏'],
  ] as [string, Buffer, string, string][])('%s is refused in words', async (_name, file, reason, words) => {
    expect(await problem(file)).toMatchObject({ reason, message: expect.stringContaining(words) });
  });
});

describe('what is too large', () => {
  const huge = Buffer.alloc(limits.inflatedBytes + 1024 * 1024, 32);

  it.each([
    ['honest', huge.length],
    ['lying', 1_000],
  ])('a zip bomb with an %s directory is refused', async (_name, claimed) => {
    expect((await problem(bomb('xl/workbook.xml', huge, claimed))).reason).toBe('FILE_TOO_LARGE');
  });

  it.each([
    ['text', `<row><c t="inlineStr"><is><t>${'x'.repeat(2_000_000)}</t></is></c></row>`],
    ['comment', `<!--${'x'.repeat(2_000_000)}--><row><c><v>1</v></c></row>`],
    ['tag', `<row><c a="${'x'.repeat(2_000_000)}"><v>1</v></c></row>`],
  ])('a %s without end is refused before it is read to it', async (_name, sheetData) => {
    expect((await problem(rawWorkbook(sheetData))).reason).toBe('FILE_TOO_LARGE');
  });

  it('cells far from each other cost nothing', async () => {
    const file = rawWorkbook('<row r="1"><c r="CV1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row>');
    const { rowCount, chunks } = await readTable(file);
    expect([rowCount, chunks.map(({ firstRow }) => firstRow)]).toEqual([1_048_576, [1, 1_048_576]]);
  });

  it('100,020 filled rows are read and one more is refused', async () => {
    const lines = (count: number) => Buffer.from('a,b\n'.repeat(count));
    expect((await readTable(lines(limits.dataRows + limits.headerRows))).rowCount).toBe(100_020);
    expect((await problem(lines(limits.dataRows + limits.headerRows + 1))).reason).toBe('TOO_MANY_ROWS');
  });

  it('a workbook of 100,000 rows and 13 columns fits', async () => {
    const cells = (row: number) =>
      Array.from({ length: 13 }, (_, column) =>
        column < 7 ? `<c t="inlineStr"><is><t>长春市第${row}号企业</t></is></c>` : `<c s="1"><v>${40_000 + row}</v></c>`,
      ).join('');
    const sheet = Array.from({ length: limits.dataRows }, (_, row) => `<row r="${row + 1}">${cells(row)}</row>`);
    const { rowCount, chunks } = await readTable(rawWorkbook(sheet.join('')));
    expect([rowCount, unpackRows(chunks.at(-1)!.json).at(-1)![6]]).toEqual([100_000, '长春市第99999号企业']);
  });

  it('200 columns are read, 201 are refused with the column', async () => {
    const columns = (count: number) => Buffer.from(`${'a,'.repeat(count - 1)}a\n`);
    expect((await rows(columns(200)))[0]).toHaveLength(200);
    expect(await problem(columns(201))).toMatchObject({ reason: 'TOO_MANY_COLUMNS', column: 'GS' });
  });

  it('a cell above 10,000 characters is refused with its place, in CSV and XLSX', async () => {
    const long = '长'.repeat(10_001);
    const place = { reason: 'CELL_TOO_LONG', row: 2, column: 'B' };
    expect(await problem(Buffer.from(`a,b\nx,${long}\n`))).toMatchObject(place);
    expect(await problem(await xlsx({ sheet: 's', data: [[{ value: 'a' }], [{ value: 'x' }, { value: long }]] }))).toMatchObject(
      place,
    );
    expect(await rows(Buffer.from(`x,${long.slice(1)}\n`))).toHaveLength(1);
  });
});

describe('chunks', () => {
  it('hold at most 2,000 rows, start at their row of the sheet, are rectangular and skip long gaps', () => {
    const sheet = [
      ['title'],
      [],
      ...Array.from({ length: 2_500 }, (_, index) => [String(index), 'x']),
      ...new Array<string[]>(60).fill([]),
      ['end'],
    ];
    const chunks = [...chunksOf(sheet)];
    expect(chunks.map(({ firstRow, rows }) => [firstRow, rows.length])).toEqual([
      [1, 2_000],
      [2_001, 502],
      [2_563, 1],
    ]);
    expect(chunks[0]!.rows.slice(0, 3)).toEqual([
      ['title', ''],
      ['', ''],
      ['0', 'x'],
    ]);
  });
});
