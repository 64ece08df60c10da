import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { readDelimited } from './delimited.ts';
import type { FileProblem } from './file-problem.ts';

const rows = (file: Buffer | string) => readDelimited(Buffer.from(file as string)).rows;

function problem(file: Buffer | string): Partial<FileProblem> {
  try {
    return { message: JSON.stringify(rows(file)) };
  } catch (error) {
    return error as FileProblem;
  }
}

const table = [
  ['名称', '人数'],
  ['甲', '1'],
  ['乙', '2'],
  ['丙', '3'],
];

describe('separators', () => {
  it.each(['\t', ';', ',', '|'])('of a table whose cells are all quoted are seen, commas in amounts or not: %j', separator => {
    const quoted = [
      ['名称', '金额'],
      ['甲', '4,995'],
      ['', ''],
    ].map(row => row.map(cell => `"${cell}"`).join(separator));
    expect(rows(`${quoted.join('\n')}\n`)).toEqual([
      ['名称', '金额'],
      ['甲', '4,995'],
    ]);
  });
});

describe('line ends', () => {
  it.each([
    ['CRLF, then LF', '名称,人数\r\n甲,1\n乙,2\n丙,3\n'],
    ['LF, then CRLF', '名称,人数\n甲,1\r\n乙,2\r\n丙,3\r\n'],
    ['CR, then LF', '名称,人数\r甲,1\n乙,2\n丙,3'],
    ['one lone CR', '名称,人数\n甲,1\r乙,2\n丙,3\n'],
    ['one lone LF', '名称,人数\r\n甲,1\r\n乙,2\n丙,3\r\n'],
    ['all three in turn', '名称,人数\r甲,1\r\n乙,2\n丙,3\r'],
    ['quoted cells', '"名称","人数"\r\n"甲","1"\n"乙","2"\r"丙","3"\n'],
  ])('may be mixed: %s', (_name, text) => expect(rows(text)).toEqual(table));

  it('in quotes stay in their cell', () => {
    expect(rows('a,b\r\n"x\ny\r\nz",1\n')).toEqual([
      ['a', 'b'],
      ['x\ny\r\nz', '1'],
    ]);
  });
});

describe('a quotation mark that is not closed', () => {
  it.each([
    ['up to the next one', 'a,b,c,d\n1,"5寸屏,x,y\n2,x,x,y\n3,"x",x,y\n', { row: 2, column: 'B' }],
    ['up to the end', 'a,b,c,d\n1,"5寸屏,x,y\n2,x,x,y\n', { row: expect.any(Number) }],
  ])('is refused with its place, not read over the rows behind it, %s', (_name, text, place) => {
    expect(problem(text)).toMatchObject({ reason: 'FILE_UNREADABLE', place });
  });

  it('inside of a cell is a sign like others', () => {
    expect(rows('a,b\n5"屏,1\n')).toEqual([
      ['a', 'b'],
      ['5"屏', '1'],
    ]);
  });
});

describe('separators', () => {
  it.each([',', '\t', ';', '|', '，'])('%j', separator => {
    expect(rows(table.map(row => row.join(separator)).join('\n'))).toEqual(table);
  });

  it('are believed where the file names its own', () => {
    expect(rows('sep=;\n名称;金额\n甲;1,5\n乙;2,5,5\n')).toEqual([[], ['名称', '金额'], ['甲', '1,5'], ['乙', '2,5,5']]);
  });

  it.each([
    ['tabs between amounts with commas', '名称\t金额\n甲\t1,234,567\n乙\t2,345,678', ['甲', '1,234,567']],
    ['semicolons between amounts with commas', '名称;金额;人数\n甲;1,5;2\n乙;2,5;3', ['甲', '1,5', '2']],
    ['commas below a title', '捐赠台账\n名称,金额,用途\n甲,1,a;b;c;d\n乙,2,e;f;g;h', ['名称', '金额', '用途']],
    ['tabs around lists', '名称\t用途\n甲\ta,b,c,d\n乙\te\n丙\tf,g', ['甲', 'a,b,c,d']],
  ])('are those that each line has alike: %s', (_name, text, row) => {
    expect(rows(text)[1]).toEqual(row);
  });

  it('of a Chinese text are no separators beside others', () => {
    expect(rows('名称,用途\n甲,修路，修桥，修房\n')).toEqual([
      ['名称', '用途'],
      ['甲', '修路，修桥，修房'],
    ]);
  });
});

it('a text that is written as a formula, so that a spreadsheet keeps it, is that text', () => {
  expect(rows(`code,phone\n="91220102MA0009501Y","=""0431"""\n=1+1,="\n`)).toEqual([
    ['code', 'phone'],
    ['91220102MA0009501Y', '0431'],
    ['=1+1', '="'],
  ]);
});

describe('control characters', () => {
  const text = '名称,人数\r\n甲,1\r\n';
  it.each([
    ['Ctrl-Z at the end', `${text}\x1a`],
    ['Ctrl-Z up to the end of a block', text.padEnd(128, '\x1a')],
    ['Ctrl-Z and a line end', `${text}\x1a\r\n`],
    ['zero bytes up to the end of a block', text.padEnd(128, '\0')],
    ['Ctrl-Z behind UTF-16', Buffer.concat([Buffer.from(`\ufeff${text}`, 'utf16le'), Buffer.from([0x1a])])],
    ['one in a cell', '名称,人数\r\n\x1f甲\x7f,1\u0085\r\n'],
    ['one in front', `\x01${text}`],
  ])('are read past: %s', (_name, file) =>
    expect(rows(file)).toEqual([
      ['名称', '人数'],
      ['甲', '1'],
    ]),
  );

  it('that no database can hold are refused with their place', () => {
    expect(problem('名称,人数\n甲,1\0\n乙,2\n')).toMatchObject({ reason: 'CELL_UNREADABLE', place: { row: 2, column: 'B' } });
  });

  it('in great number are a binary file', () => {
    expect(problem(Buffer.from(Array.from({ length: 400 }, (_, index) => index % 20)))).toMatchObject({
      reason: 'FILE_UNREADABLE',
      message: expect.stringContaining('binary'),
    });
  });
});

describe('an encoding', () => {
  const long = [
    '企业名称,地址',
    ...Array.from({ length: 50 }, (_, index) => `长春市第${index}号科技有限公司,南关区人民大街${index}号`),
  ].join('\r\n');

  it.each([
    ['GB18030', iconv.encode(long, 'gb18030')],
    ['GB18030 with rare characters', iconv.encode(`${long}\r\n㐀䶵𠀀,€`, 'gb18030')],
    ['UTF-16LE without a mark', Buffer.from(long, 'utf16le')],
    ['UTF-16BE without a mark', Buffer.from(long, 'utf16le').swap16()],
  ])('%s is known by its bytes', (_name, file) => {
    expect(rows(file)[1]).toEqual(['长春市第0号科技有限公司', '南关区人民大街0号']);
  });

  it('of few words is known too', () => {
    for (const word of ['联通', '姓名', '长春', '党员人数', '湖南省', '鼠标', '驴马'])
      expect(rows(iconv.encode(`${word},1`, 'gb18030'))).toEqual([[word, '1']]);
  });

  const lines = long.split('\r\n').map(line => Buffer.from(`${line}\r\n`));
  const gbk = iconv.encode('吉林省长春市某某公司,x\r\n', 'gb18030');
  it.each([
    [
      'one bad byte',
      [...lines.slice(0, 3), Buffer.from('Caf\xe9,x\r\n', 'latin1'), ...lines.slice(3)],
      4,
      'byte 4 (0xE9) is not UTF-8',
    ],
    ['half a character at its end', [...lines, Buffer.from('甲').subarray(0, 2)], 52, 'is not UTF-8'],
    ['a line of GB18030', [...lines.slice(0, 10), gbk, ...lines.slice(10)], 11, 'byte 1 (0xBC) is not UTF-8'],
    ['every second line in GB18030', lines.flatMap(line => [line, gbk]), 2, 'is not UTF-8'],
    [
      'a mark and one bad byte',
      [Buffer.from('\ufeffname,x\r\n'), Buffer.from('Caf\xe9,x\r\n', 'latin1')],
      2,
      'byte 4 (0xE9) is not UTF-8',
    ],
    ['a bad byte in the header', [Buffer.from('\xe9', 'latin1'), ...lines], 1, 'byte 1 (0xE9) is not UTF-8'],
  ])('of UTF-8 with %s is refused with the line and the byte', (_name, pieces, line, message) => {
    expect(problem(Buffer.concat(pieces))).toMatchObject({
      reason: 'FILE_UNREADABLE',
      place: { row: line },
      message: expect.stringContaining(message),
    });
  });

  it.each([
    ['Big5', iconv.encode('姓名,電話,所在企業\r\n陳大文,13800000022,長春電器有限公司\r\n', 'big5')],
    ['Latin-1', Buffer.from('name,address\r\nCaf\xe9teria,Stra\xdfe\r\n', 'latin1')],
    ['Shift-JIS', iconv.encode('氏名,住所\r\nカタカナ,東京都千代田区\r\n', 'shift_jis')],
  ])('%s is not taken for GB18030, although it decodes as such', (_name, file) => {
    expect(problem(file)).toMatchObject({
      reason: 'FILE_UNREADABLE',
      message: expect.stringContaining('is not UTF-8 / GB18030'),
    });
  });

  it('of lines that end with CR alone is told its line', () => {
    const file = Buffer.concat([Buffer.from('名称,地址\r甲,x\r'), Buffer.from('Caf\xe9,x\r', 'latin1')]);
    expect(problem(file)).toMatchObject({ place: { row: 3 } });
  });

  it('that is neither UTF-8 nor GB18030 is refused with the line and the byte', () => {
    expect(problem(Buffer.from('name,address\nx,y\nCaf\xe9,Stra\xdf,M\xfc\n', 'latin1'))).toMatchObject({
      place: { row: 3 },
      message: expect.stringContaining('Line 3, byte 4 (0xE9) is not UTF-8 / GB18030'),
    });
  });
});
