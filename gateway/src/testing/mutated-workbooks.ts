import fc from 'fast-check';
import { workbookParts, zipped } from './files.ts';

/** What breaks readers: numbers at their edges, names of objects, half of a tag, words that mean something elsewhere. */
const nasty = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      '-1',
      '0',
      '1e999',
      'NaN',
      '99999999999',
      '1048577',
      'A1',
      'XFD1048576',
      'ZZZZ1',
      'A0',
      'A1:B',
      '__proto__',
      'constructor',
    ],
    ...[
      '<',
      '>',
      '/>',
      '</c>',
      '<c>',
      '"',
      "'",
      '&',
      '&#x110000;',
      '&#0;',
      ']]>',
      '<![CDATA[',
      '<!--',
      '<?',
      '_x0000_',
      '_xD800_',
      '\0',
    ],
    ...[
      'inlineStr',
      'd',
      'e',
      'b',
      's',
      'str',
      '24:61',
      '2023-02-30',
      '#REF!',
      '[h]:mm',
      '0!.0,"万"',
      ';;;',
      '[>=',
      '"',
      'yyyy"年',
      '\ufffe',
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.nat().map(String),
  fc.double().map(String),
);

type Change = (text: string) => string;

/** A share of a text: without the bias of fast-check, which would change beginnings and ends only. */
const place = fc.noBias(fc.nat(9_999)).map(share => share / 10_000);
const length = fc.nat(120);
const cut = (text: string, at: number, size: number) =>
  [Math.floor(at * text.length), Math.floor(at * text.length) + size] as const;

const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(place, length).map(
    ([at, size]): Change =>
      text => {
        const [from, to] = cut(text, at, size);
        return text.slice(0, from) + text.slice(to);
      },
  ),
  fc.tuple(place, length).map(
    ([at, size]): Change =>
      text => {
        const [from, to] = cut(text, at, size);
        return text.slice(0, to) + text.slice(from);
      },
  ),
  fc.tuple(place, nasty).map(
    ([at, word]): Change =>
      text => {
        const [from] = cut(text, at, 0);
        return text.slice(0, from) + word + text.slice(from);
      },
  ),
  // A whole tag once more.
  fc.tuple(place, place).map(
    ([which, at]): Change =>
      text => {
        const tags = [...text.matchAll(/<[^>]*>/g)];
        const tag = tags[Math.floor(which * tags.length)]?.[0] ?? '';
        const [from] = cut(text, at, 0);
        return text.slice(0, from) + tag + text.slice(from);
      },
  ),
  // Another value for an attribute, or another name.
  fc.tuple(place, nasty, fc.boolean()).map(
    ([which, word, isName]): Change =>
      text => {
        const attributes = [...text.matchAll(/ ([\w:]+)="([^"]*)"/g)];
        const found = attributes[Math.floor(which * attributes.length)];
        if (!found) return text;
        const written = isName ? ` ${word}="${found[2]}"` : ` ${found[1]}="${word}"`;
        return text.slice(0, found.index) + written + text.slice(found.index + found[0].length);
      },
  ),
  // Another text between two tags.
  fc.tuple(place, nasty).map(
    ([which, word]): Change =>
      text => {
        const texts = [...text.matchAll(/>([^<]*)</g)];
        const found = texts[Math.floor(which * texts.length)];
        return found ? `${text.slice(0, found.index)}>${word}<${text.slice(found.index + found[0].length)}` : text;
      },
  ),
);

const sheetData = `<row r="1" spans="1:5"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><r><t>人</t></r><rPh sb="0" eb="1"><t>x</t></rPh><r><t>数</t></r></is></c></row>
<row r="2" hidden="1"><c r="A2" t="s"><v>1</v></c><c r="B2" s="3"><v>35000</v></c><c r="C2" s="1"><v>44986</v></c><c r="D2" t="d" s="2"><v>14:30:00</v></c></row>
<row r="3"><c r="B3"><f>B2*2</f></c><c r="C3" s="4"><v>44986.5</v></c><c t="e"><v>#N/A</v></c><c t="b"><v>1</v></c></row>
<row><c t="str"><f>"x"</f><v>x_x0041_</v></c><c s="5"><v>0.12</v></c><c><v>9.12201020000018E17</v></c></row>`;

const whole = workbookParts(sheetData, {
  formats: ['0!.0,"万元"', 'yyyy"年"m"月"', '0%', '[h]:mm'],
  strings: '<si><t>名称<![CDATA[<甲>]]></t></si><si><t>乙&amp;丙</t></si>',
  properties: '<workbookPr date1904="0"/>',
  sheets: '<sheet name="旧" sheetId="2" state="hidden" r:id="rId1"/>',
  before: '<cols><col min="2" max="2" hidden="1"/></cols>',
  behind: '<autoFilter ref="A1:D4"><filterColumn colId="0"/></autoFilter><mergeCells><mergeCell ref="A2:A4"/></mergeCells>',
});

/** A workbook of real shape with a few of its parts changed, some left out, and now and then its archive as well. */
export const mutatedWorkbook: fc.Arbitrary<Buffer> = fc
  .record({
    edits: fc.array(fc.tuple(fc.constantFrom(...whole.keys()), changes), { maxLength: 3 }),
    lost: fc.oneof({ weight: 12, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom(...whole.keys()) }),
    bytes: fc.oneof(
      { weight: 6, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(fc.tuple(place, fc.nat(255)), { maxLength: 4 }) },
    ),
    end: fc.oneof({ weight: 12, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: place }),
  })
  .map(({ edits, lost, bytes, end }) => {
    const parts = new Map(whole);
    for (const [name, change] of edits) parts.set(name, Buffer.from(change(parts.get(name)!.toString())));
    if (lost) parts.delete(lost);
    const file = Buffer.from(zipped(parts));
    for (const [at, byte] of bytes) file[Math.floor(at * (file.length - 1))] = byte;
    return file.subarray(0, Math.floor(end * file.length));
  });
