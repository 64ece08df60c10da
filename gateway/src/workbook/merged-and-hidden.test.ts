import { describe, expect, it } from '@jest/globals';
import { rawWorkbook } from '../testing/files.ts';
import { readWorkbook } from './read-workbook.ts';

const cell = (address: string, text: string | number) =>
  typeof text === 'number'
    ? `<c r="${address}"><v>${text}</v></c>`
    : `<c r="${address}" t="inlineStr"><is><t>${text}</t></is></c>`;

function sheet(rows: (string | number)[][], attributes: Record<number, string> = {}): string {
  return rows
    .map((cells, index) => {
      const written = cells.map((text, column) => (text === '' ? '' : cell(`${'ABCDEF'[column]}${index + 1}`, text)));
      return `<row r="${index + 1}" ${attributes[index + 1] ?? ''}>${written.join('')}</row>`;
    })
    .join('');
}

const merged = (...areas: string[]) =>
  `<mergeCells count="${areas.length}">${areas.map(area => `<mergeCell ref="${area}"/>`).join('')}</mergeCells>`;

describe('cells merged', () => {
  it('over several rows hold for each of them', () => {
    const rows = [
      ['企业名称', '统计期', '项目'],
      ['甲', 2022, 'a'],
      ['', '', 'b'],
      ['', '', 'c'],
      ['乙', 2023, 'd'],
    ];
    const { rows: read, remarks } = readWorkbook(rawWorkbook(sheet(rows), { behind: merged('A2:A4', 'B2:B4') }));
    expect(read.slice(1)).toEqual([
      ['甲', '2022', 'a'],
      ['甲', '2022', 'b'],
      ['甲', '2022', 'c'],
      ['乙', '2023', 'd'],
    ]);
    expect(remarks).toEqual([expect.stringContaining('A2:A4, B2:B4')]);
  });

  it('as a title over the header are one cell', () => {
    const rows = [['台账'], ['名称', '地址', '人数'], ['甲', 'x', 1]];
    const { rows: read, remarks } = readWorkbook(rawWorkbook(sheet(rows), { behind: merged('A1:C1') }));
    expect([read[0], remarks]).toEqual([['台账'], []]);
  });

  it('as a header of two lines complete the lower one', () => {
    const rows = [
      ['名称', '人数', ''],
      ['', '职工', '党员'],
      ['甲', 5, 1],
    ];
    const { rows: read } = readWorkbook(rawWorkbook(sheet(rows), { behind: merged('A1:A2', 'B1:C1') }));
    expect(read[1]).toEqual(['名称', '职工', '党员']);
  });

  it('in every column make one tall row, not two', () => {
    const rows = [
      ['名称', '人数'],
      ['', ''],
      ['甲', 5],
      ['', ''],
      ['乙', 6],
    ];
    const areas = ['A1:A2', 'B1:B2', 'A3:A4', 'B3:B4'];
    const { rows: read, remarks } = readWorkbook(rawWorkbook(sheet(rows), { behind: merged(...areas) }));
    expect([read, remarks]).toEqual([[['名称', '人数'], [], ['甲', '5'], [], ['乙', '6']], []]);
  });

  it('with a figure over several rows are left to be decided, as it may be their sum', () => {
    const rows = [
      ['物资名称', '金额(元)', '属地'],
      ['米', 1000, 220102],
      ['油', '', ''],
    ];
    const { rows: read } = readWorkbook(rawWorkbook(sheet(rows), { behind: merged('B2:B3', 'C2:C3') }));
    expect(read[2]).toEqual(['油', '〃', '220102']);
  });

  it('down to the last row of the sheet end with its data', () => {
    const { rows: read } = readWorkbook(
      rawWorkbook(
        sheet([
          ['甲', 1],
          ['', 2],
        ]),
        { behind: merged('A1:A1048576') },
      ),
    );
    expect(read).toEqual([
      ['甲', '1'],
      ['甲', '2'],
    ]);
  });
});

describe('what is hidden', () => {
  const rows = [
    ['名称', '人数'],
    ['甲', 1],
    ['乙', 2],
    ['丙', 3],
    ['丁', 4],
  ];

  it('in rows is read and said', () => {
    const hidden = { 3: 'hidden="1"', 4: 'hidden="true"' };
    const { rows: read, remarks } = readWorkbook(rawWorkbook(sheet(rows, hidden)));
    expect(read).toHaveLength(5);
    expect(remarks).toEqual([
      expect.stringMatching(/隐藏的 2 行也已读取.*Rows that are hidden were read like the others \(2\): 3-4\./),
    ]);
  });

  it('by a filter is read and said', () => {
    const behind =
      '<autoFilter ref="A1:B5"><filterColumn colId="0"><filters><filter val="甲"/></filters></filterColumn></autoFilter>';
    const { remarks } = readWorkbook(rawWorkbook(sheet(rows, { 3: 'hidden="1"', 5: 'hidden="1"' }), { behind }));
    expect(remarks).toEqual([expect.stringMatching(/filtered out or hidden were read like the others \(2\): 3, 5\./)]);
  });

  it('in columns is said where something stands in them', () => {
    const before = '<cols><col min="2" max="2" hidden="1"/><col min="5" max="16384" hidden="1"/></cols>';
    expect(readWorkbook(rawWorkbook(sheet(rows), { before })).remarks).toEqual([
      expect.stringContaining('Hidden columns were read like the others (1): B.'),
    ]);
  });

  it('as a sheet is said and not read', () => {
    const sheets =
      '<sheet name="旧" sheetId="2" state="hidden" r:id="rId1"/><sheet name="底" sheetId="3" state="veryHidden" r:id="rId1"/>';
    const table = readWorkbook(rawWorkbook(sheet(rows), { sheets }));
    expect(table).toMatchObject({ sheet: 'S', otherSheets: [], remarks: [expect.stringContaining('“旧”, “底”')] });
  });

  it('and empty is nothing to say', () => {
    expect(readWorkbook(rawWorkbook(`${sheet(rows)}<row r="9" hidden="1"><c r="A9" s="1"/></row>`)).remarks).toEqual([]);
  });
});
