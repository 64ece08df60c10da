import { describe, expect, it } from '@jest/globals';
import type { FileProblem } from '../imports/file-problem.ts';
import { rawWorkbook, workbookParts, zipped } from '../testing/files.ts';
import { readWorkbook } from './read-workbook.ts';

const inline = (text: string, address = '') => `<c ${address && `r="${address}"`} t="inlineStr"><is><t>${text}</t></is></c>`;
const row = (sheetData: string, around = {}) => readWorkbook(rawWorkbook(sheetData, around)).rows[0];

function problem(file: Buffer): Partial<FileProblem> {
  try {
    return { message: JSON.stringify(readWorkbook(file).rows) };
  } catch (error) {
    return error as FileProblem;
  }
}

describe('a text', () => {
  it.each([
    ['in CDATA', '<t><![CDATA[甲<乙>&丙]]></t>', '甲<乙>&丙'],
    ['around CDATA', '<t>甲<![CDATA[乙]]>丙</t>', '甲乙丙'],
    ['around a comment', '<t>甲<!-- 乙 -->丙</t>', '甲丙'],
    ['in runs of different looks', '<r><rPr><b/></rPr><t>甲</t></r><r><t xml:space="preserve"> 乙</t></r>', '甲 乙'],
    ['with its pronunciation', '<t>甲</t><rPh sb="0" eb="1"><t>jia</t></rPh><phoneticPr fontId="1"/>', '甲'],
    ['with entities', '<t>A&amp;B &lt;1&gt; &quot;&apos;&#x4e2d;&#25991;&#x1F600;</t>', 'A&B <1> "\'中文😀'],
    ['with escapes', '<t>_x0041__x4E2D__xD83D__xDE00_</t>', 'A中😀'],
    ['with an escape that is escaped', '<t>_x005F_x0041_</t>', '_x0041_'],
    ['with what is no escape', '<t>_x00_ _xyz_ a_x</t>', '_x00_ _xyz_ a_x'],
    ['with escaped control characters', '<t>甲_x0001__x001F__x007F_乙</t>', '甲乙'],
    ['with a tab and a line end', '<t>甲_x0009_乙_x000A_丙</t>', '甲\t乙\n丙'],
    ['with an entity that is not declared', '<t>甲&nbsp;乙</t>', '甲&nbsp;乙'],
  ])('%s is the same inline and shared', (_name, content, text) => {
    expect(row(`<row><c t="inlineStr"><is>${content}</is></c></row>`)).toEqual([text]);
    expect(row('<row><c t="s"><v>0</v></c></row>', { strings: `<si>${content}</si>` })).toEqual([text]);
  });

  it.each([
    ['U+0000', '甲_x0000_', /U\+0000/],
    ['U+0000 as an entity', '甲&#0;', /U\+0000/],
    ['half a character', '甲_xD83D_', /half a character/],
  ])('with %s is refused with its place', (_name, content, message) => {
    expect(problem(rawWorkbook(`<row r="3">${inline('a', 'A3')}${inline(content, 'B3')}</row>`))).toMatchObject({
      reason: 'CELL_UNREADABLE',
      place: { sheet: 'S', row: 3, column: 'B' },
      message: expect.stringMatching(message),
    });
  });

  it('that the workbook does not have is refused with its place', () => {
    const file = rawWorkbook('<row r="2"><c r="C2" t="s"><v>7</v></c></row>', { strings: '<si><t>a</t></si>' });
    expect(problem(file)).toMatchObject({ reason: 'FILE_UNREADABLE', place: { row: 2, column: 'C' } });
  });
});

describe('cells', () => {
  it.each([
    ['all without', `<row>${inline('a')}${inline('b')}</row>`, ['a', 'b']],
    ['some without', `<row r="1">${inline('a')}${inline('c', 'C1')}${inline('d')}</row>`, ['a', '', 'c', 'd']],
    ['empty ones between', `<row><c/>${inline('b')}<c s="1"/>${inline('d')}</row>`, ['', 'b', '', 'd']],
    ['out of order', `<row r="1">${inline('b', 'B1')}${inline('a', 'A1')}</row>`, ['a', 'b']],
  ])('are placed without addresses: %s', (_name, sheetData, cells) => {
    expect(row(sheetData)).toEqual(cells);
  });

  it('stand in rows that may be without numbers, or out of order', () => {
    const sheetData = `<row>${inline('1')}</row><row r="4">${inline('4', 'A4')}</row><row>${inline('5')}</row><row r="2">${inline('2', 'A2')}</row>`;
    expect(readWorkbook(rawWorkbook(sheetData)).rows).toEqual([['1'], ['2'], [], ['4'], ['5']]);
  });

  it.each([
    [
      'with a prefix',
      '<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c><x:c r="B1"><x:v>2</x:v></x:c></x:row>',
    ],
    [
      'in single quotes and with blanks',
      "<row r='1' ><c r = 'A1' t='inlineStr'><is><t>甲</t></is></c ><c\nr='B1'><v> 2 </v></c></row>".replace(
        "r = 'A1'",
        "r='A1'",
      ),
    ],
  ])('are read %s', (_name, sheetData) => {
    expect(row(sheetData)).toEqual(['甲', '2']);
  });

  it.each([
    ['a truth value', '<c t="b"><v>1</v></c><c t="b"><v>false</v></c>', ['TRUE', 'FALSE']],
    ['an error', '<c t="e"><v>#N/A</v></c><c t="e"><v>#BUSY!</v></c><c t="e"/>', ['#N/A', '#VALUE!', '#VALUE!']],
    [
      'a formula',
      '<c><f>1+1</f><v>2</v></c><c t="str"><f>"x"</f><v>x</v></c><c t="str"><f>""</f><v></v></c><c><v>1</v></c>',
      ['2', 'x', '', '1'],
    ],
    ['a text without its element', '<c t="inlineStr"><v>x</v></c><c><v>y</v></c>', ['x', 'y']],
  ])('hold %s', (_name, cells, texts) => {
    expect(row(`<row>${cells}</row>`)).toEqual(texts);
  });

  it.each([
    ['nothing', '<c><f>A2*2</f></c>'],
    ['an empty value', '<c><f>A2*2</f><v></v></c>'],
    ['an empty value, closed at once', '<c t="n"><f>A2*2</f><v/></c>'],
    ['no text', '<c t="str"><f>A2</f></c>'],
    ['a formula shared with others', '<c><f t="shared" si="0"/></c>'],
  ])('with a formula and %s say that they were never calculated', (_name, cell) => {
    expect(row(`<row>${cell}</row>`)).toEqual(['#NOVALUE!']);
  });

  it('with a formula and 0 say so where the workbook asks to be calculated', () => {
    const cells = '<row><c><f>A2</f><v>0</v></c><c><f>A3</f><v>7</v></c><c><v>0</v></c></row>';
    expect(row(cells, { calculation: '<calcPr calcId="1" fullCalcOnLoad="1"/>' })).toEqual(['#NOVALUE!', '7', '0']);
    expect(row(cells, { calculation: '<calcPr calcId="1"/>' })).toEqual(['0', '7', '0']);
  });

  it.each([
    ['an address that is none', '<row r="2"><c r="2B"><v>1</v></c></row>', { row: 2 }],
    ['an address of another row', '<row r="2"><c r="B3"><v>1</v></c></row>', { row: 2 }],
    ['one address for two', `<row r="2">${inline('a', 'A2')}${inline('b', 'A2')}</row>`, { row: 2, column: 'A' }],
    ['one row twice', `<row r="2">${inline('a', 'A2')}</row><row r="2">${inline('b', 'B2')}</row>`, { row: 2 }],
    ['a tag that is not closed', '<row r="2"><c r="B2"><v>1</c></row>', { row: 2 }],
    ['a row that is none', '<row r="x"><c><v>1</v></c></row>', {}],
  ])('with %s are refused with their place', (_name, sheetData, place) => {
    expect(problem(rawWorkbook(sheetData))).toMatchObject({ reason: 'FILE_UNREADABLE', place: { sheet: 'S', ...place } });
  });
});

describe('a workbook', () => {
  const parts = () => workbookParts(`<row>${inline('中')}</row>`);

  it.each([
    [
      'with names in capitals and slashes of Windows',
      (all: Map<string, Buffer>) => rename(all, name => name.replaceAll('/', '\\').toUpperCase()),
    ],
    ['with a workbook part of another name', (all: Map<string, Buffer>) => elsewhere(all)],
    ['in UTF-16', (all: Map<string, Buffer>) => recode(all, text => Buffer.from(`\ufeff${text}`, 'utf16le'))],
    ['in GB2312, as it says', (all: Map<string, Buffer>) => recode(all, text => gb2312(text))],
    ['with a byte order mark', (all: Map<string, Buffer>) => recode(all, text => Buffer.from(`\ufeff${text}`))],
  ])('%s is read', (_name, change) => {
    expect(readWorkbook(zipped(change(parts()))).rows).toEqual([['中']]);
  });

  it.each([
    ['not UTF-8', (all: Map<string, Buffer>) => recode(all, text => Buffer.from(text.replace('中', '\xe9'), 'latin1'))],
    [
      'in an encoding nobody knows',
      (all: Map<string, Buffer>) => recode(all, text => Buffer.from(`<?xml version="1.0" encoding="klingon"?>${text}`)),
    ],
    ['without its relations', (all: Map<string, Buffer>) => rename(all, name => name.replace('rels', 'r'))],
    ['without its sheet', (all: Map<string, Buffer>) => rename(all, name => name.replace('sheet1', 'sheet2'))],
  ])('%s is refused in words', (_name, change) => {
    expect(problem(zipped(change(parts())))).toMatchObject({ reason: 'FILE_UNREADABLE' });
  });

  it('with a byte changed on the way is refused', () => {
    const file = zipped(workbookParts('<row><c><v>1000</v></c></row>'));
    file.write('9', file.indexOf('<v>1000') + 3);
    expect(problem(file)).toMatchObject({ reason: 'FILE_UNREADABLE', message: expect.stringContaining('checksum') });
  });

  it('names its sheet and the others where the one that was read is empty', () => {
    expect(problem(rawWorkbook('', { sheets: '<sheet name="数据" sheetId="2" r:id="rId1"/>' }))).toMatchObject({
      reason: 'FILE_EMPTY',
      place: { sheet: 'S' },
      message: expect.stringContaining('not read: “数据”'),
    });
  });

  it('with a document type is read without it', () => {
    const entities = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY f SYSTEM "file:///etc/passwd">]>';
    const all = recode(workbookParts(`<row>${inline('1&a;&f;')}</row>`), text => Buffer.from(entities + text));
    const { message, reason } = problem(zipped(all));
    expect(reason === 'FILE_UNREADABLE' || message === '[["1&a;&f;"]]').toBe(true);
  });
});

const sheetPart = 'xl/worksheets/sheet1.xml';

function rename(parts: Map<string, Buffer>, to: (name: string) => string): Map<string, Buffer> {
  return new Map([...parts].map(([name, content]) => [to(name), content]));
}

function recode(parts: Map<string, Buffer>, to: (text: string) => Buffer): Map<string, Buffer> {
  return new Map([...parts].map(([name, content]) => [name, name === sheetPart ? to(content.toString()) : content]));
}

const gb2312 = (text: string) =>
  Buffer.concat([Buffer.from('<?xml version="1.0" encoding="GB2312"?>'), Buffer.from(text.replace('中', '\xd6\xd0'), 'latin1')]);

function elsewhere(parts: Map<string, Buffer>): Map<string, Buffer> {
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument';
  const moved = rename(parts, name => name.replace('workbook.xml', 'workbook2.xml'));
  const relation = `<Relationships><Relationship Id="rId1" Type="${office}" Target="xl/workbook2.xml"/></Relationships>`;
  return moved.set('_rels/.rels', Buffer.from(relation));
}
