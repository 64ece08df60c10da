import { compareKey } from '../compare-key.ts';
import { wrong } from './cell-problem.ts';
import type { Parse } from './parse.ts';

/** One of some words; the Chinese word and its English code both count. */
export function oneOf<V>(words: Record<string, V>): Parse<V> {
  const byKey = new Map(Object.entries(words).map(([word, meant]) => [compareKey(word), meant]));
  const shown = Object.keys(words).join('、');
  const parse: Parse<V> = value => {
    const key = compareKey(value);
    if (!byKey.has(key)) throw wrong('UNKNOWN_WORD', { value, words: shown });
    return byKey.get(key)!;
  };
  // The first word of each meaning.
  parse.choices = Object.keys(words).filter((word, i, all) => all.findIndex(each => words[each] === words[word]) === i);
  return parse;
}

export const yesNo = oneOf<boolean>({
  是: true,
  否: false,
  有: true,
  无: false,
  对: true,
  不是: false,
  '√': true,
  '×': false,
  yes: true,
  no: false,
  y: true,
  n: false,
  true: true,
  false: false,
  '1': true,
  '0': false,
});

const nothing = new Set(
  [
    '无',
    '無',
    '沒有',
    '暫無',
    '否',
    '-',
    '/',
    '\\',
    '暂无',
    '没有',
    '无此项',
    '空',
    '不详',
    'n/a',
    'na',
    'null',
    'none',
    'nil',
    '(无)',
    '(空)',
  ].map(compareKey),
);

/** Words that people write where there is nothing. */
export const saysNothing = (text: string) => nothing.has(compareKey(text)) || /^[-—–_.]+$/.test(compareKey(text));

const ditto = /^\(?(?:同上|同左|同前|上同|ditto|[〃″′"']{1,2})\)?$/i;

/** Marks that point to another cell. */
export const isDitto = (text: string) => text.length < 10 && ditto.test(text.normalize('NFKC').replace(/\s/g, ''));
