import fc from 'fast-check';
import iconv from 'iconv-lite';

const cell = fc.oneof(
  fc.constantFrom(
    '甲公司',
    '12,5',
    '"',
    '""',
    '\n',
    'a"b',
    ' 1 ',
    '',
    '2023-02-17',
    '\u200b',
    '\x1f',
    '\x1a',
    '\0',
    '﻿',
    '=1+1',
    '，',
    'é',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
);

const quoted = fc
  .tuple(cell, fc.nat(3))
  .map(([text, how]) => (how === 0 ? text : how === 1 ? `"${text}` : `"${text.replaceAll('"', '""')}"`));
const lineEnd = fc.constantFrom('\r\n', '\n', '\r', '\r\r\n', '\u2028');
const encoding = fc.constantFrom('utf8', 'gb18030', 'gbk', 'utf16le', 'utf-16be', 'latin1', 'big5', 'shift_jis', 'utf-32le');
const mark = fc.constantFrom('', '', '', '\ufeff', 'sep=;\r\n', '\x01');
const place = fc.noBias(fc.nat(9_999)).map(share => share / 10_000);

/** A table as text, with separators, quotes and line ends as they come, in any encoding, a few of its bytes changed. */
export const mutatedText: fc.Arbitrary<Buffer> = fc
  .record({
    rows: fc.array(fc.tuple(fc.array(quoted, { maxLength: 6 }), lineEnd), { maxLength: 12 }),
    separator: fc.constantFrom(',', '\t', ';', '|', '，'),
    encoding,
    mark,
    bytes: fc.array(fc.tuple(place, fc.nat(255)), { maxLength: 2 }),
    end: fc.oneof(
      { weight: 5, arbitrary: fc.constant('') },
      { weight: 1, arbitrary: fc.constantFrom('\x1a', '\0\0\0', '"', '\xe9') },
    ),
  })
  .map(({ rows, separator, encoding: name, mark: start, bytes, end }) => {
    const text = start + rows.map(([cells, lineEndOfRow]) => cells.join(separator) + lineEndOfRow).join('') + end;
    const file = iconv.encode(text, name);
    for (const [at, byte] of bytes) if (file.length) file[Math.floor(at * (file.length - 1))] = byte;
    return file;
  });

const heads = ['', 'd0cf11e0a1b11ae1', '504b0304', '504b0506', '25504446', 'fffe', 'feff', 'efbbbf', '1f8b', '3c3f786d6c'];

/** Bytes that may pass for a kind of file. */
export const anyBytes: fc.Arbitrary<Buffer> = fc
  .tuple(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 300 }))
  .map(([head, rest]) => Buffer.concat([Buffer.from(head, 'hex'), rest]));
