import { MembersDesk } from '@hub/test/members-desk';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

let desk: MembersDesk;
beforeAll(async () => {
  desk = await MembersDesk.open();
});
afterAll(() => desk?.close());

const row = (name: string, phone = '', more: Record<string, string> = {}) => ({ 姓名: name, 联系电话: phone, ...more });
const codes = (batch: any) => batch.problems.map(({ row: at, outcome, code }: any) => [at, outcome, code]);

describe('two ledgers at once', () => {
  it('that name the same people come out as if one came after the other', async () => {
    const place = await desk.enterprise();
    const rows = Array.from({ length: 20 }, (_, i) => row(`朱${i}`, `1380001${String(100 + i).padStart(4, '0')}`));
    const batches = await Promise.all([
      desk.bring(place, rows),
      desk.bring(place, rows.toReversed()),
      desk.bring(place, rows.slice(5)),
    ]);
    expect(batches.map(({ state }) => state)).toEqual(['APPLIED', 'APPLIED', 'APPLIED']);
    expect(batches.reduce((sum, { counts }) => sum + counts.created, 0)).toBe(20);
    expect(await desk.peopleOf(place)).toHaveLength(20);
  });

  it('that name one person without a phone enter them once', async () => {
    const place = await desk.enterprise();
    await Promise.all([desk.bring(place, [row('朱甲')]), desk.bring(place, [row('朱甲', '', { 职务: '经理' })])]);
    expect(await desk.peopleOf(place)).toMatchObject([{ name: '朱甲' }]);
  });
});

describe('two rows of one file', () => {
  it('of one name without phones are both conflicts, each naming the other', async () => {
    const place = await desk.enterprise();
    const batch = await desk.bring(place, [row('蒋一'), row('蒋二'), row('蒋 一')]);
    expect(codes(batch)).toEqual([
      [2, 'CONFLICT', 'ALIKE_IN_FILE'],
      [4, 'CONFLICT', 'ALIKE_IN_FILE'],
    ]);
    expect(batch.problems[0].message).toContain('2、4');
    expect((await desk.bring(place, [row('蒋一'), row('蒋 一', '', { 处理: '新增' })])).counts.created).toBe(2);
  });

  it('of one mobile under two names are both conflicts', async () => {
    const place = await desk.enterprise();
    expect(codes(await desk.bring(place, [row('沈二', '13800010009'), row('沈三', '138 0001 0009')]))).toEqual([
      [2, 'CONFLICT', 'ALIKE_IN_FILE'],
      [3, 'CONFLICT', 'ALIKE_IN_FILE'],
    ]);
    expect(await desk.peopleOf(place)).toEqual([]);
  });

  it('of one name with a phone and without are a person, and one in question', async () => {
    const place = await desk.enterprise();
    const batch = await desk.bring(place, [row('沈一', '13800010008'), row('沈一')], { rowByRow: true });
    expect(codes(batch)).toEqual([[3, 'CONFLICT', 'ALIKE_IN_FILE']]);
    expect(batch.problems[0].message).toContain('2、3');
    expect(await desk.peopleOf(place)).toMatchObject([{ phone: '13800010008' }]);
  });

  it('that are decided to be the same person on file are both conflicts', async () => {
    const place = await desk.enterprise();
    await desk.bring(place, [row('韩二', '13800010015')]);
    const [{ id }] = await desk.peopleOf(place);
    const decisions = [2, 3].map(at => ({ row: at, decision: 'SAME' as const, id }));
    const batch = await desk.bring(place, [row('韩二', '13900010015'), row('韩二', '13900010016')], { decisions });
    expect(codes(batch)).toEqual([
      [2, 'CONFLICT', 'ALIKE_IN_FILE'],
      [3, 'CONFLICT', 'ALIKE_IN_FILE'],
    ]);
  });

  it('of one name and phone at two enterprises are both conflicts, at one the second is a repetition', async () => {
    const [here, there] = [await desk.enterprise(), await desk.enterprise()];
    const one = row('韩一', '13800010010');
    expect(codes(await desk.bring(here, [one, { ...one, 所在企业信用代码: there.creditCode }]))).toEqual([
      [2, 'CONFLICT', 'ALIKE_IN_FILE'],
      [3, 'CONFLICT', 'ALIKE_IN_FILE'],
    ]);
    expect(codes(await desk.bring(here, [one, row('韩　一', '+8613800010010')]))).toEqual([[3, 'ERROR', 'DUPLICATE_IN_FILE']]);
  });
});

describe('a row that is refused', () => {
  it('leaves nothing behind where the others come in row by row', async () => {
    const place = await desk.enterprise();
    await desk.bring(place, [row('杨一', '13800010011', { 职务: '员工' })]);
    const member = { 所在党支部: '支部甲', 党员类别: '正式', 入党日期: '2001-07-01', 党内职务: '书记' };
    const batch = await desk.bring(
      place,
      [row('杨二', '13800010012', member), row('杨一', '13800010011', { ...member, 职务: '经理' })],
      {
        rowByRow: true,
      },
    );
    expect(codes(batch)).toEqual([[3, 'CONFLICT', 'SECRETARY_EXISTS']]);
    expect(batch.problems[0].suggestion).toContain('第2行');
    const people = await desk.peopleOf(place);
    expect(people.find(({ name }) => name === '杨一')).toMatchObject({ jobTitle: '员工', memberships: { nodes: [] } });
  });

  it.each([
    ['张*', '13800010013', '姓名'],
    ['张＊', '13800010013', '姓名'],
    ['张三', '138****0013', '联系电话'],
    ['张三', '138××××0013', '联系电话'],
  ])('with the mask of a value is told so: %s %s', async (name, phone, column) => {
    const { problems } = await desk.bring(await desk.enterprise(), [row(name, phone)]);
    expect(problems).toMatchObject([{ row: 2, outcome: 'ERROR', code: 'MASKED_VALUE', column, value: null }]);
  });
});
