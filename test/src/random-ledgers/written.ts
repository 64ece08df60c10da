import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';
import writeXlsxFile from 'write-excel-file/node';
import type { Cell, KnownLedger } from './known-data.ts';

type Choose = (most: number) => number;

const fullWidth = (text: string) => text.replace(/[!-~]/g, sign => String.fromCodePoint(sign.codePointAt(0)! + 0xfee0));
const grouped = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

function writtenDate(value: string, choose: Choose): string {
  const [year, month, day] = value.split('-').map(Number);
  return [
    value,
    `${year}.${month}.${day}`,
    `${year}年${month}月${day}日`,
    `${year}/${month}/${day}`,
    value.replaceAll('-', ''),
    fullWidth(value),
    String(Math.round(Date.parse(value) / 86_400_000) + 25_569),
  ][choose(6)]!;
}

const units = [
  ['(元)', 1],
  ['（万元）', 10_000],
  ['(千元)', 1_000],
  ['【万】', 10_000],
  ['/元', 1],
  ['(单位：万元)', 10_000],
] as const;

/** The same ledger as somebody else would type it: columns and rows in another order, in another language, unit, width and form. */
export function typed({ columns, rows }: KnownLedger, choose: Choose): string[][] {
  const shuffled = <T>(list: readonly T[]) => {
    const left = [...list];
    return list.map(() => left.splice(choose(left.length - 1), 1)[0]!);
  };
  const order = shuffled(columns.map((_, i) => i));
  const isEnglish = choose(2) === 0;
  const unit = units[choose(units.length - 1)]!;
  const scale = isEnglish ? undefined : unit[1];
  const header = order.map(i => {
    const { chinese, english, isMoney } = columns[i]!;
    return isEnglish ? english : isMoney ? chinese + unit[0] : chinese;
  });
  const written = ({ kind, value }: Cell, english: string): string => {
    if (kind === 'empty') return '';
    if (kind === 'words') return (value as string[])[choose((value as string[]).length - 1)]!;
    if (kind === 'date') return writtenDate(value as string, choose);
    if (kind === 'time')
      return [String(value), `${value}:00`, String(value).replace(':', '：'), `${String(value).replace(':', '时')}分`][
        choose(3)
      ]!;
    if (kind === 'code') return [String(value), ` ${value}`, fullWidth(String(value))][choose(2)]!;
    if (kind === 'text') return [String(value), ` ${value} `, String(value).replace(/（/g, '(').replace(/）/g, ')')][choose(2)]!;
    const documented = english === 'outputValue' ? 10_000 : 1;
    const shown = kind === 'money' ? (value as number) / (scale ?? documented) : (value as number);
    return Number.isInteger(shown)
      ? [String(shown), grouped(shown), fullWidth(String(shown)), ` ${shown}`][choose(3)]!
      : String(shown);
  };
  const body = shuffled(rows).flatMap(row => {
    const line = order.map(i => written(row[i]!, columns[i]!.english));
    return choose(6) === 0 ? [line, header.map(() => '')] : [line];
  });
  const above = choose(1) === 0 ? [['长春市互联网行业台账（2022年度）'], []] : [];
  return [...above, header, ...body];
}

const encodings = ['utf8', 'utf8-bom', 'utf16le', 'gb18030'] as const;

export interface Written {
  form: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** A file of it, by the writers of others: CSV in some encoding, with some line ends and separator, or a workbook of texts. */
export async function fileOf(rows: string[][], choose: Choose): Promise<Written> {
  if (choose(2) === 0) {
    const data = rows.map(row => row.map(value => ({ value, type: String })));
    return { form: 'xlsx', bytes: new Uint8Array(await writeXlsxFile(data).toBuffer()) };
  }
  const encoding = encodings[choose(encodings.length - 1)]!;
  const options = {
    record_delimiter: ['\n', '\r\n', '\r'][choose(2)]!,
    delimiter: [',', '\t', ';'][choose(2)]!,
    quoted: choose(1) === 0,
  };
  const marked = encoding === 'utf8-bom' || encoding === 'utf16le';
  const bytes = new Uint8Array(iconv.encode(stringify(rows, options), encoding.replace('-bom', ''), { addBOM: marked }));
  return { form: JSON.stringify({ encoding, ...options }), bytes };
}
