import { clerk, MembersDesk } from '@hub/test/members-desk';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

let desk: MembersDesk;
beforeAll(async () => {
  desk = await MembersDesk.open();
});
afterAll(() => desk?.close());

const row = (name: string, phone = '', more: Record<string, string> = {}) => ({ 姓名: name, 联系电话: phone, ...more });
const names = (people: any[]) => people.map(({ name }) => name);
const codes = (batch: any) => batch.problems.map(({ row: at, outcome, code }: any) => [at, outcome, code]);

describe('a person in the members ledger', () => {
  it('is never renamed by a phone alone: two share the telephone of an office', async () => {
    const place = await desk.enterprise();
    await desk.bringCase(place, 'members-landline-january');
    expect((await desk.bringCase(place, 'members-landline-february')).counts).toMatchObject({ created: 1, updated: 0 });
    const [one, two] = (await desk.peopleOf(place)).toSorted((a, b) => a.name.localeCompare(b.name, 'zh'));
    expect([one, two]).toMatchObject([
      { name: '钱二', posts: { nodes: [] } },
      { name: '赵一', posts: { nodes: [{ kind: 'SECRETARY' }] } },
    ]);
  });

  it('with the mobile of another is a conflict that shows the other', async () => {
    const place = await desk.enterprise();
    await desk.bring(place, [row('周一', '13800010001', { 职务: '经理' })]);
    const batch = await desk.bring(place, [row('周二', '+86 138-0001-0001')]);
    expect(codes(batch)).toEqual([[2, 'CONFLICT', 'LIKELY_PERSON']]);
    expect(batch.problems[0].candidates).toEqual([
      { id: expect.any(String), text: expect.stringMatching(/^周\*，138\*\*\*\*0001，长春.+公司$/), differs: ['姓名'] },
    ]);
    expect(names(await desk.peopleOf(place))).toEqual(['周一']);
  });

  it('with another phone than on file is a conflict, and decided to be the same has the new phone', async () => {
    const place = await desk.enterprise();
    await desk.bringCase(place, 'members-new-phone-1');
    const batch = await desk.bringCase(place, 'members-new-phone-2');
    expect(codes(batch)).toEqual([[2, 'CONFLICT', 'LIKELY_PERSON']]);
    expect(batch.problems[0].candidates).toEqual([
      { id: expect.any(String), text: expect.stringMatching(/^韩\*，138\*\*\*\*0301，.+，正式党员$/), differs: ['联系电话'] },
    ]);
    expect(
      (await desk.bringCase(place, 'members-new-phone-2', { decisions: [{ row: 2, decision: 'SAME' }] })).counts.updated,
    ).toBe(1);
    expect(await desk.peopleOf(place)).toMatchObject([{ name: '韩梅', phone: '13900000302', memberships: { nodes: [{}] } }]);
    expect((await desk.bringCase(place, 'members-new-phone-2', { again: true })).counts.unchanged).toBe(1);
  });

  it('decided to be new in the column 处理 is entered beside the one who is alike, and is found again', async () => {
    const place = await desk.enterprise();
    await desk.bring(place, [row('吴一', '13800010002')]);
    const second = [row('吴一', '13900010002', { 处理: '新增' })];
    expect((await desk.bring(place, second)).counts.created).toBe(1);
    expect((await desk.bring(place, second, { again: true })).counts.unchanged).toBe(1);
    expect(names(await desk.peopleOf(place))).toEqual(['吴一', '吴一']);
  });

  it('without a phone and decided to be new is not entered once more by the same file', async () => {
    const place = await desk.enterprise();
    await desk.bring(place, [row('吴二')]);
    const news = [row('吴二', '', { 处理: '新增', 职务: '经理' }), row('吴二', '', { 处理: '新增', 职务: '主任' })];
    expect((await desk.bring(place, news)).counts.created).toBe(2);
    expect((await desk.bring(place, news, { again: true })).counts.unchanged).toBe(2);
    expect((await desk.peopleOf(place)).map(({ jobTitle }) => jobTitle).toSorted()).toEqual([null, '主任', '经理']);
  });

  it.each([
    ['张　三', '张三'],
    ['阿不都·买买提', '阿不都•买买提'],
    ['ＤＡＶＩＤ ＬＥＥ', 'david lee'],
    ['欧阳 娜娜', '欧阳娜娜'],
  ])('is one, whether written %s or %s, and keeps the name that was written first', async (first, later) => {
    const place = await desk.enterprise();
    await desk.bring(place, [row(first, '13800010003')]);
    const [before] = await desk.peopleOf(place);
    expect((await desk.bring(place, [row(later, '13800010003', { 职务: '经理' })])).counts.updated).toBe(1);
    expect(await desk.peopleOf(place)).toMatchObject([{ id: before.id, name: before.name, jobTitle: '经理' }]);
  });

  it('without a phone is the one of that name who has none either, a second time unchanged', async () => {
    const place = await desk.enterprise();
    await desk.bringCase(place, 'members-padded-name');
    expect((await desk.bringCase(place, 'members-padded-name-2')).counts.unchanged).toBe(1);
    expect(await desk.peopleOf(place)).toHaveLength(1);
    const members = ['王一', '王二', '王三'].map(name =>
      row(name, '', { 所在党支部: '支部甲', 党员类别: '正式', 入党日期: '2001.7.1', 出生年份: '1980' }),
    );
    expect((await desk.bring(place, members)).counts.created).toBe(3);
    expect((await desk.bring(place, members, { again: true })).counts.unchanged).toBe(3);
  });

  it('without a phone on either side is in question where the year of birth or of joining is another', async () => {
    const place = await desk.enterprise();
    await desk.bring(place, [row('郑一', '', { 出生年份: '1980' })]);
    expect(codes(await desk.bring(place, [row('郑一', '', { 出生年份: '1990' })]))).toEqual([[2, 'CONFLICT', 'LIKELY_PERSON']]);
    const twins = [row('郑二', '', { 出生年份: '1980' }), row('郑二', '', { 出生年份: '1990' })];
    expect((await desk.bring(place, twins)).counts.created).toBe(2);
    expect((await desk.bring(place, twins.toReversed())).counts.unchanged).toBe(2);
  });

  it('without a phone is in question where the one of that name has one', async () => {
    const place = await desk.enterprise();
    await desk.bring(place, [row('冯一', '13800010004')]);
    const batch = await desk.bring(place, [row('冯一')]);
    expect(codes(batch)).toEqual([[2, 'CONFLICT', 'LIKELY_PERSON']]);
    expect(batch.problems[0].candidates[0].differs).toEqual(['联系电话']);
    expect((await desk.bring(place, [row('冯一', '', { 处理: '同一', 职务: '经理' })])).counts.updated).toBe(1);
    expect(await desk.peopleOf(place)).toMatchObject([{ phone: '13800010004', jobTitle: '经理' }]);
  });

  it('who may be one of two is a conflict that shows both, until the id decides', async () => {
    const place = await desk.enterprise();
    expect((await desk.bringCase(place, 'members-two-same-names-1')).counts.created).toBe(2);
    const batch = await desk.bringCase(place, 'members-two-same-names-2');
    expect(codes(batch)).toEqual([[2, 'CONFLICT', 'AMBIGUOUS_PERSON']]);
    expect(batch.problems[0].candidates).toHaveLength(2);
    const [, second] = batch.problems[0].candidates;
    const same = { row: 2, decision: 'SAME' } as const;
    const decided = (decisions: any[]) => desk.bringCase(place, 'members-two-same-names-2', { decisions });
    expect(codes(await decided([same]))).toEqual([[2, 'CONFLICT', 'AMBIGUOUS_PERSON']]);
    expect(codes(await decided([{ ...same, id: place.id }]))).toEqual([[2, 'CONFLICT', 'AMBIGUOUS_PERSON']]);
    expect((await decided([{ ...same, id: second.id }])).counts.updated).toBe(1);
    expect((await desk.peopleOf(place)).find(({ id }) => id === second.id).jobTitle).toBe('主任');
  });

  it('decided to be the same as nobody is refused', async () => {
    const place = await desk.enterprise();
    expect(codes(await desk.bring(place, [row('陈一', '13800010005', { 处理: '同一' })]))).toEqual([
      [2, 'CONFLICT', 'NO_SUCH_PERSON'],
    ]);
  });

  it('who works elsewhere in the slice is a conflict, and decided to be the same moves with their history', async () => {
    const [from, to] = [await desk.enterprise(), await desk.enterprise()];
    const member = { 所在党支部: '支部甲', 党员类别: '正式', 入党日期: '2001-07-01' };
    await desk.bring(from, [row('褚一', '13800010006', member)]);
    const batch = await desk.bring(to, [row('褚一', '13800010006')]);
    expect(codes(batch)).toEqual([[2, 'CONFLICT', 'PERSON_ELSEWHERE']]);
    expect(batch.problems[0].candidates[0].differs).toEqual(['所在企业信用代码']);
    expect(batch.problems[0].candidates[0].text).toContain(`长春${from.creditCode.slice(-6)}科技有限公司`);
    const intoAnother = await desk.bring(to, [row('褚一', '13800010006', { ...member, 处理: '同一' })]);
    expect(codes(intoAnother)).toEqual([[2, 'CONFLICT', 'MEMBER_ELSEWHERE']]);
    expect(intoAnother.problems[0].message).toContain(desk.branchName('支部甲', from.creditCode));
    expect(intoAnother.problems[0].suggestion).toContain('transferMember');
    const [{ id }] = await desk.peopleOf(from);
    expect((await desk.bring(to, [row('褚一', '13800010006', { 处理: '同一' })])).counts.updated).toBe(1);
    expect(await desk.peopleOf(from)).toEqual([]);
    expect(await desk.peopleOf(to)).toMatchObject([{ id, memberships: { nodes: [{ branch: { id: from.branches[0] } }] } }]);
  });

  it('moves to another county with memberships and posts when the city decides so, and back when that is taken back', async () => {
    const [from, to] = [await desk.enterprise(), await desk.enterprise(['支部甲'], '220104')];
    const member = { 所在党支部: '支部甲', 党员类别: '正式', 入党日期: '2001-07-01', 党内职务: '书记' };
    await desk.bring(from, [row('褚二', '13800010014', member)]);
    const whole = { ...clerk, division: '220100' };
    const moved = await desk.bring(to, [row('褚二', '13800010014', { 处理: '同一', 职务: '经理' })], {}, whole);
    expect(moved.counts.updated).toBe(1);
    expect(await desk.peopleOf(from)).toEqual([]);
    const there = { division: { code: '220104' }, memberships: { nodes: [{}] }, posts: { nodes: [{ kind: 'SECRETARY' }] } };
    expect(await desk.peopleOf(to, { ...clerk, division: '220104' })).toMatchObject([there]);
    const revert = `mutation ($input: RevertImport!) { revertPeopleImport(input: $input) { state } }`;
    await desk.service.get(whole, revert, { input: { id: moved.id, reason: '弄错了' } });
    expect(await desk.peopleOf(to, whole)).toEqual([]);
    expect(await desk.peopleOf(from)).toMatchObject([{ ...there, jobTitle: null, division: { code: '220102' } }]);
  });

  it('who is on file in another county is entered, and nothing is told', async () => {
    const [theirs, ours] = [await desk.enterprise(['支部甲'], '220104'), await desk.enterprise()];
    const elsewhere = { ...clerk, division: '220104' };
    await desk.bring(theirs, [row('卫一', '13800010007')], {}, elsewhere);
    expect((await desk.bring(ours, [row('卫一', '13800010007')])).counts.created).toBe(1);
  });
});
