import { describe, expect, it } from '@jest/globals';
import { readPosts } from './read-posts.ts';

describe('the posts that a cell names', () => {
  it.each(['无', '否', '—', '——', '-', '/', '暂无', '没有', 'N/A', '無', '　无　'])('are none where it says %s', cell =>
    expect(readPosts(cell)).toEqual([]),
  );

  it.each([
    ['书记', 'SECRETARY'],
    ['党支部书记', 'SECRETARY'],
    ['支部书记（兼）', 'SECRETARY'],
    ['代理书记', 'SECRETARY'],
    ['支书', 'SECRETARY'],
    ['副书记', 'DEPUTY_SECRETARY'],
    ['常务副书记', 'DEPUTY_SECRETARY'],
    ['党支部副书记', 'DEPUTY_SECRETARY'],
    ['组织委员', 'MEMBER'],
    ['支部委员', 'MEMBER'],
    ['纪检委员', 'MEMBER'],
    ['纪委书记', 'MEMBER'],
    ['书记助理', 'OTHER'],
    ['支部书记秘书', 'OTHER'],
    ['组织干事', 'OTHER'],
    ['副书记助理', 'OTHER'],
    ['团支部书记', 'OTHER'],
    ['第一书记', 'OTHER'],
    ['原党支部书记', 'OTHER'],
    ['书记员', 'OTHER'],
    ['工会委员会主席', 'OTHER'],
    ['政协委员', 'OTHER'],
    ['党小组长', 'OTHER'],
    ['Secretary', 'SECRETARY'],
    ['Deputy secretary', 'DEPUTY_SECRETARY'],
    ['Assistant to the secretary', 'OTHER'],
  ])('%s is of the kind %s', (title, kind) => expect(readPosts(title)).toEqual([{ title, kind }]));

  it('where it says 原料车间党支部书记 is the secretary of a workshop, not a former one', () =>
    expect(readPosts('原料车间党支部书记')).toMatchObject([{ kind: 'SECRETARY' }]));

  it.each([
    ['书记、纪检委员', ['书记', '纪检委员']],
    ['副书记，组织委员；宣传委员', ['副书记', '组织委员', '宣传委员']],
    ['书记兼组织委员', ['书记', '组织委员']],
    ['书记 纪检委员', ['书记', '纪检委员']],
    ['组织委员/无', ['组织委员']],
    ['书记、党支部书记', ['书记']],
    ['兼职副书记', ['兼职副书记']],
    ['党委和行政办公室主任', ['党委和行政办公室主任']],
  ])('%s are %j', (cell, titles) => expect(readPosts(cell).map(({ title }) => title)).toEqual(titles));
});
